# A small image: the binary, the C library and certificates; no shell, no package manager, nobody's root.
#
#   docker build -t beacon .
#   docker run --read-only -v beacon:/data -p 8080:8080 beacon
#
# Everything that it writes is in /data.

FROM rust:1.95-slim-trixie AS build
RUN apt-get update && apt-get install -y --no-install-recommends build-essential && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN cargo build --release --locked --package api && mkdir /data

FROM gcr.io/distroless/cc-debian13:nonroot
COPY --from=build /source/target/release/beacon /usr/local/bin/beacon
COPY --from=build --chown=nonroot:nonroot /data /data
ENV BEACON_DATA_DIR=/data BEACON_LISTEN=0.0.0.0:8080 BEACON_LOG_FORMAT=json
VOLUME /data
EXPOSE 8080
HEALTHCHECK --start-period=30s CMD ["/usr/local/bin/beacon", "health"]
ENTRYPOINT ["/usr/local/bin/beacon"]
CMD ["serve"]
