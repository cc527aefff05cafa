# keng: `make` builds build/keng; `make study` makes the study; `make check` runs every test. See CONTRIBUTING.md.
MODE ?= release
BUILD := build/$(MODE)
CC := gcc
STANDARD := -std=c17 -D_GNU_SOURCE
WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wpointer-arith -Wundef -Werror
INCLUDES := -Ianalysis -I.
FLAGS_release := -O2 -g1
FLAGS_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
# -ffp-contract=off: the same digits on machines with and without fused multiply-add.
CFLAGS := $(STANDARD) $(WARNINGS) $(INCLUDES) -fopenmp -ffp-contract=off -DMATHLIB_STANDALONE $(FLAGS_$(MODE))
LDFLAGS := -fopenmp $(filter -fsanitize%,$(FLAGS_$(MODE)))
LDLIBS := -lgsl -lgslcblas -lRmath -lcsv -ljansson -lsqlite3 -lcmark -lutf8proc -lz -lm

SOURCES := $(sort $(wildcard analysis/*.c analysis/*/*.c plots/*.c))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
LIBRARY := $(filter-out $(BUILD)/analysis/cli/main.o,$(OBJECTS))
UNIT := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/test_*.c))

all: build/keng

build/keng: $(BUILD)/keng
	@ln -f $< $@ 2>/dev/null || cp $< $@

$(BUILD)/keng: $(OBJECTS)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/libkeng.a: $(LIBRARY)
	@rm -f $@
	@ar rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libkeng.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -Itests -MMD -MP -o $@ $< $(BUILD)/libkeng.a $(LDFLAGS) -lcmocka $(LDLIBS)

unit: $(UNIT)
	CMOCKA_MESSAGE_OUTPUT=TAP prove --exec '' $(UNIT)

clean:
	rm -rf build

-include $(OBJECTS:.o=.d) $(UNIT:=.d)
.PHONY: all unit clean
