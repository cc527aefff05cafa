# keng. `make` builds build/keng, `make study` makes the study, `make check` runs every test. See CONTRIBUTING.md.
# MODE=release|asan picks build/<mode>/; SETUP=no leaves the installing of packages to you.
MODE ?= release
BUILD := build/$(MODE)
CC := gcc
MAKEFLAGS += --no-print-directory -j$(shell nproc)

STANDARD := -std=c17 -D_GNU_SOURCE
WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wpointer-arith -Wundef -Werror
# -ffp-contract=off: the same digits on machines with and without fused multiply-add.
SHARED_FLAGS := $(STANDARD) $(WARNINGS) -Ianalysis -I. -fopenmp -ffp-contract=off -DMATHLIB_STANDALONE
FLAGS_release := -O2 -g1 -fstack-protector-strong
FLAGS_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
# clang finds no OpenMP of its own: one thread
FLAGS_fuzz := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-openmp -Wno-unknown-pragmas -Wno-error
CFLAGS := $(SHARED_FLAGS) $(FLAGS_$(MODE))
LDFLAGS := $(if $(filter fuzz,$(MODE)),-fno-openmp,-fopenmp) $(filter -fsanitize%,$(FLAGS_$(MODE)))
LDLIBS := -lgsl -lgslcblas -lRmath -lcsv -ljansson -lsqlite3 -lcmark-gfm -lcmark-gfm-extensions -lnettle -lutf8proc -licui18n -licuuc -lgeos_c -lz -lm

SOURCES := $(sort $(wildcard analysis/*.c analysis/*/*.c plots/*.c))
CATALOGUE := $(BUILD)/po/catalogues.o
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o) $(CATALOGUE)
LIBRARY := $(filter-out $(BUILD)/analysis/cli/main.o,$(OBJECTS))
UNIT := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/test_*.c))
TESTS := $(sort $(wildcard tests/lint/*.t tests/lint/*.sh tests/cli/*.bats tests/cli/*.t tests/charts/*.bats tests/charts/*.t \
	tests/faults/*.bats tests/browser/*.t))
NOTEBOOKS := $(sort $(wildcard notebooks-md/*.md))
# Notebooks on data that are not part of keng: run where the folder beside the repository is there.
SHARED_NOTEBOOKS := $(if $(wildcard ../shared/datasets),$(sort $(wildcard notebooks-md/shared/*.md)))

all: build/keng

# --- set-up: the packages of .ci/packages, installed when missing ---
SETUP ?= yes
build/setup: .ci/packages .ci/setup
	@mkdir -p build
	@$(if $(filter no,$(SETUP)),:,.ci/setup)
	@touch $@

# --- build ---
build/keng: $(BUILD)/keng
	@cp -f $< $@.new && mv -f $@.new $@

$(BUILD)/keng: $(OBJECTS)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/libkeng.a: $(LIBRARY)
	@rm -f $@
	@ar rcs $@ $^

$(BUILD)/%.o: %.c | build/setup
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

# --- what keng says in other languages: po/<language>.po, compiled into the program ---
LANGUAGES := $(patsubst po/%.po,%,$(wildcard po/*.po))
$(BUILD)/po/%.mo: po/%.po | build/setup
	@mkdir -p $(@D)
	msgfmt --check-format --output-file=$@ $<

$(BUILD)/po/catalogues.c: $(LANGUAGES:%=$(BUILD)/po/%.mo) po/embed.sh
	@po/embed.sh $(filter %.mo,$^) > $@

$(CATALOGUE): $(BUILD)/po/catalogues.c
	$(CC) $(CFLAGS) -c -o $@ $<

messages:
	@po/update.sh $(LANGUAGES:%=po/%.po)

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libkeng.a | build/setup
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -Itests -MMD -MP -o $@ $< $(BUILD)/libkeng.a $(LDFLAGS) -lcmocka $(LDLIBS)

# --- the study: tables and figures of notebooks-md/, HTML pages in build/study/, one for each district ---
study: build/keng
	build/keng notebook run $(NOTEBOOKS) $(SHARED_NOTEBOOKS)
	build/keng notebook batch notebooks-md/district.md --over datasets/hoa-binh-2020/districts.csv --slug name_en \
		--to html --title "The ten districts of Hòa Bình" --output build/study/districts -j 2
	build/keng notebook render --to html --output build/study $(NOTEBOOKS) $(SHARED_NOTEBOOKS) build/study/districts/index.html
	@$(if $(SHARED_NOTEBOOKS),,echo "Skipped, for ../shared/datasets is not there: $(wildcard notebooks-md/shared/*.md)")
	@echo "The study is in build/study/index.html"

# --- the synthetic scenario: made again from its seed ---
$(BUILD)/generate-scenario: datasets/hoa-binh-2020/generate-scenario.c $(BUILD)/libkeng.a
	$(CC) $(CFLAGS) -o $@ $< $(BUILD)/libkeng.a $(LDFLAGS) $(LDLIBS)

scenario: $(BUILD)/generate-scenario
	$< datasets/hoa-binh-2020

# --- how often intervals hold the truth ---
COVERAGE := $(patsubst tests/simulate/%.c,$(BUILD)/%,$(sort $(wildcard tests/simulate/coverage_*.c)))
$(COVERAGE): $(BUILD)/%: tests/simulate/%.c tests/simulate/coverage.h $(BUILD)/libkeng.a
	$(CC) $(CFLAGS) -o $@ $< $(BUILD)/libkeng.a $(LDFLAGS) $(LDLIBS)

simulate: $(COVERAGE)
	@set -e; for family in $(COVERAGE); do $$family; echo; done

# --- tests: one line counts them all ---
$(BUILD)/inject.so: tests/faults/inject.c | build/setup
	@mkdir -p $(@D)
	$(CC) $(STANDARD) $(WARNINGS) -O1 -fPIC -shared -o $@ $< -ldl

check: $(BUILD)/keng build/keng $(UNIT) $(BUILD)/generate-scenario $(BUILD)/inject.so
	@BUILD=$(BUILD) KENG=$(CURDIR)/$(BUILD)/keng CMOCKA_MESSAGE_OUTPUT=TAP \
		prove --merge -j$(shell nproc) --exec tests/run $(UNIT) $(TESTS)

lint: $(OBJECTS)
	@BUILD=$(BUILD) prove --exec tests/run $(sort $(wildcard tests/lint/*.t tests/lint/*.sh))

# A report fails the run, also where a test expects the exit code that the sanitizer gives or looks at no exit code.
SANITIZER := exitcode=99:log_path=$(CURDIR)/build/asan/report
asan:
	@rm -f build/asan/report.*
	@$(MAKE) MODE=asan ASAN_OPTIONS=detect_leaks=1:$(SANITIZER) UBSAN_OPTIONS=print_stacktrace=1:$(SANITIZER) check; \
		status=$$?; ! cat build/asan/report.* 2>/dev/null && exit $$status

accept: build/keng
	tests/charts/accept.sh

# --- fuzzing, which needs clang: make fuzz SECONDS=60 ---
SECONDS ?= 60
FUZZ := $(patsubst tests/fuzz/%.c,build/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
build/fuzz/fuzz_%: tests/fuzz/fuzz_%.c build/fuzz/libkeng.a
	$(CC) $(CFLAGS) -fsanitize=fuzzer -o $@ $^ $(LDFLAGS) $(LDLIBS) -lgomp

fuzz:
	@$(MAKE) MODE=fuzz CC=clang fuzz-all

fuzz-all: $(FUZZ)
	@set -e; for target in $(FUZZ); do \
		mkdir -p $$target.found; \
		dictionary=tests/fuzz/$${target##*/}.dict; \
		seeds=tests/fuzz/$${target##*/}.seeds; \
		$$target -max_total_time=$(SECONDS) -max_len=2000 -timeout=20 \
			$$([ ! -f $$dictionary ] || echo -dict=$$dictionary) $$target.found $$([ ! -d $$seeds ] || echo $$seeds); \
	done

$(BUILD)/bench-charts: tests/bench/charts.c $(BUILD)/libkeng.a
	$(CC) $(CFLAGS) -o $@ $< $(BUILD)/libkeng.a $(LDFLAGS) $(LDLIBS)

bench: build/keng
	tests/bench/run

install: build/keng
	install -D build/keng $(DESTDIR)$(or $(PREFIX),/usr/local)/bin/keng
	install -d $(DESTDIR)$(or $(PREFIX),/usr/local)/share/man/man1
	build/keng --manual > $(DESTDIR)$(or $(PREFIX),/usr/local)/share/man/man1/keng.1

clean:
	rm -rf build

-include $(OBJECTS:.o=.d) $(UNIT:=.d)
.PHONY: all messages study scenario simulate check lint asan fuzz fuzz-all accept bench install clean
.DELETE_ON_ERROR:
