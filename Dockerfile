# One image for web, delivery and tasks; which of them it is, is the command.
FROM python:3.12-slim
ENV PYTHONUNBUFFERED=1 VAR_DIR=/var/lib/spreekbuis
WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY . .
RUN for room in crm campaigns letters cms; do \
      if [ -d $room/locale ]; then pybabel --quiet compile --domain django --directory $room/locale; fi; done \
    && useradd --system --home-dir /var/lib/spreekbuis --create-home spreekbuis \
    && VAR_DIR=/tmp/build python manage.py collectstatic --noinput --verbosity 0 \
    && mkdir -p /srv/static && cp -r /tmp/build/static/. /srv/static && rm -r /tmp/build
ENV STATIC_ROOT=/srv/static
USER spreekbuis
EXPOSE 8000
CMD ["gunicorn", "cms.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4"]
