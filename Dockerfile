# Two stages: the first builds, the second holds the program, the shipped datasets and nothing else.
FROM debian:12 AS build
WORKDIR /src
COPY scripts scripts
RUN scripts/install-packages.sh build
COPY . .
RUN make build \
 && mkdir -p /out \
 && strip -o /out/minato build/release/minato \
 && for library in $(ldd build/release/minato | awk '/=> \// {print $3}'); do \
      dpkg -S "$library" 2>/dev/null || dpkg -S "/usr$library"; \
    done | cut -d: -f1 | sort -u > /out/packages

FROM debian:12-slim
COPY --from=build /out/packages /tmp/packages
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive xargs -a /tmp/packages apt-get install -y -qq --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/* /tmp/packages \
 && useradd --system --uid 10001 --home-dir /var/lib/minato --create-home minato
COPY --from=build /out/minato /usr/local/bin/minato
COPY datasets /usr/share/minato/datasets
USER minato
VOLUME /var/lib/minato
EXPOSE 8080
# The image has no curl; bash can ask for itself.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /ready HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["minato"]
CMD ["serve", "--data", "/var/lib/minato", "--listen", "0.0.0.0:8080", "--datasets", "/usr/share/minato/datasets"]
