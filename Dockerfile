# Builds a wheel with its catalogs compiled and installs it with the locked dependencies; the second stage holds no tools.
FROM python:3.13-slim-bookworm AS build
ENV UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=/opt/saysafe
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /src
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN uv sync --locked --no-dev --no-install-project
COPY locales locales
COPY services_directory services_directory
COPY dialogs dialogs
COPY bot bot
RUN uv sync --locked --no-dev --no-editable

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin saysafe \
    && install --directory --owner=saysafe --group=saysafe --mode=0700 /data
COPY --from=build /opt/saysafe /opt/saysafe
# Memory of large files goes back to the system at once: a third less of it, see tests/benchmarks/attachments.py.
ENV MALLOC_MMAP_THRESHOLD_=1048576
ENV PATH=/opt/saysafe/bin:$PATH PYTHONUNBUFFERED=1 SAYSAFE_DATABASE=/data/saysafe.sqlite3 SAYSAFE_HOST=0.0.0.0
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/health', timeout=4)"]
ENTRYPOINT ["saysafe"]
CMD ["run"]
