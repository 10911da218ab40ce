"""The order of the steps: fetch, read, harmonise, measure, judge, score, publish."""

from geo.pipeline.building import Built, build, standards_of
from geo.pipeline.ready import STAGES
from geo.pipeline.what_if import what_if_timetables

__all__ = ["STAGES", "Built", "build", "standards_of", "what_if_timetables"]
