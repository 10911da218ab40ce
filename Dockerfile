# The server and the command line in a container: no root, no network needed, and nothing
# written but to /var/lib/paritet. How to use it: README, "In a container".
FROM debian:bookworm-slim AS python
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    ca-certificates python3 python3-venv \
 && rm -rf /var/lib/apt/lists/*

FROM python AS made
WORKDIR /opt/paritet
COPY . .
# The environment as ./run.sh makes it, the map among it, without what only tests need.
RUN ./run.sh --help >/dev/null && rm -rf maps/app/node_modules /root/.cache

FROM python
COPY --from=made /opt/paritet /opt/paritet
RUN useradd --system --uid 10001 --home-dir /var/lib/paritet --create-home paritet
ENV PATH=/opt/paritet/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PARITET_RELEASES=/var/lib/paritet/releases \
    PARITET_SUPPLIED=/var/lib/paritet/supplied \
    PARITET_CACHE=/var/lib/paritet/cache
USER paritet
WORKDIR /var/lib/paritet
# The made-up country, so that there is a map at once; its build leaves the compiled
# searches in the cache. A new named volume begins with both, a folder of yours does not.
RUN paritet build demo
VOLUME /var/lib/paritet
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health', timeout=4)"]
ENTRYPOINT ["paritet"]
CMD ["serve", "--host", "0.0.0.0"]
