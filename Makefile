# `make run` and `make test` are all a newcomer needs.
LISTEN ?= 127.0.0.1:8080
DATA   ?= data
JOBS   ?= $(shell nproc)
MINATO := build/release/minato

.PHONY: help run build test soak asan tsan bench fuzz format clean packages-build packages-test

help:
	@echo "make run     build, then serve http://$(LISTEN) with the shipped datasets (data in $(DATA)/)"
	@echo "make build   build $(MINATO)"
	@echo "make test    build and run every test"
	@echo "make soak    the long tests: hundreds of rounds of kill -9, very large catalogues"
	@echo "make bench   run the benchmarks (results in bench/results/)"
	@echo "make asan    the tests under the address and undefined behaviour sanitizers"
	@echo "make tsan    the tests under the thread sanitizer"
	@echo "make fuzz    build the fuzz targets and run each for FUZZ_SECONDS (default 60)"
	@echo "make format  clang-format all sources"

packages-build:
	@scripts/install-packages.sh build
packages-test:
	@scripts/install-packages.sh build test

build: packages-build
	@cmake --preset release -DMINATO_TESTS=OFF --log-level=WARNING
	@cmake --build --preset release -j $(JOBS) --target minato_program

run: build
	@mkdir -p $(DATA)
	$(MINATO) serve --data $(DATA) --listen $(LISTEN) --datasets datasets

test: packages-test
	@cmake --preset release -DMINATO_TESTS=ON --log-level=WARNING
	@cmake --build --preset release -j $(JOBS)
	@ctest --preset release -j $(JOBS)

soak: packages-test
	@cmake --preset release -DMINATO_TESTS=ON --log-level=WARNING
	@cmake --build --preset release -j $(JOBS)
	@cd build/release && ctest -C Soak -L soak --output-on-failure

asan tsan: packages-test
	@cmake --preset $@ --log-level=WARNING
	@cmake --build --preset $@ -j $(JOBS)
	@ctest --preset $@ -j $(JOBS) -LE slow

bench:
	@scripts/install-packages.sh build test bench
	@cmake --preset release -DMINATO_TESTS=ON -DMINATO_BENCH=ON --log-level=WARNING
	@cmake --build --preset release -j $(JOBS)
	@python3 bench/run.py

FUZZ_SECONDS ?= 60
fuzz:
	@scripts/install-packages.sh build fuzz
	@cmake --preset fuzz --log-level=WARNING
	@cmake --build --preset fuzz -j $(JOBS) --target fuzzers
	@tests/fuzz/run.sh build/fuzz $(FUZZ_SECONDS)

format:
	@scripts/install-packages.sh format
	@git ls-files '*.cc' '*.h' | xargs clang-format -i

clean:
	rm -rf build
