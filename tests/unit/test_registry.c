/* What is registered is documented: every statistic, program and option tells a user all there is to know. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/common.h"
#include "command/option.h"
#include "program.h"
#include "stats/stat.h"

static void require(const char *id, const char *what, const char *text)
{
	if (!text || strlen(text) < 2)
		fail_msg("%s: '%s' is empty", id, what);
}

static void test_statistics_are_documented(void **state)
{
	size_t count;
	const struct kg_stat *const *stat = kg_stat_all(&count);

	(void)state;
	assert_true(count > 20);
	for (size_t i = 0; i < count; i++) {
		require(stat[i]->id, "title", stat[i]->title);
		require(stat[i]->id, "formula", stat[i]->formula);
		require(stat[i]->id, "source", stat[i]->source);
		require(stat[i]->id, "assumes", stat[i]->assumes);
		require(stat[i]->id, "agrees", stat[i]->agrees);
		require(stat[i]->id, "unit", stat[i]->unit);
		for (const char *at = stat[i]->id; *at; at++)
			assert_true(islower((unsigned char)*at) || isdigit((unsigned char)*at) || *at == '-');
		for (size_t k = 0; k < i; k++)
			assert_false(strcmp(stat[i]->id, stat[k]->id) == 0 &&
				     strcmp(stat[i]->program, stat[k]->program) == 0);
	}
}

static void check_options(const struct kg_program *program)
{
	for (size_t i = 0; i < program->noption; i++) {
		const struct kg_option *option = &program->option[i];

		require(program->name, option->name, option->help);
		assert_true(option->field < program->options_size);
		assert_true((option->kind == KG_OPTION_FLAG) == !option->argument);
		assert_false(option->required && option->fallback);
	}
}

/* Defaults are accepted by their own rows, and no program's option has the name of a common one. */
static void test_programs_are_documented(void **state)
{
	struct kg_common common;
	struct kg_option_set every = kg_common_options(&common, "keng");
	size_t count;
	const struct kg_program *const *program = kg_program_all(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		struct kg_arena *arena = kg_arena_new(0);
		struct kg_error error;
		struct kg_option_set own = { program[i]->name, program[i]->option, program[i]->noption,
					     kg_arena_alloc(arena, program[i]->options_size + 1) };

		require(program[i]->name, "summary", program[i]->summary);
		require(program[i]->name, "detail", program[i]->detail);
		assert_true(program[i]->nexample > 0);
		check_options(program[i]);
		assert_int_equal(kg_options_default(&own, arena, &error), KG_OK);
		for (size_t k = 0; k < own.count; k++)
			for (size_t c = 0; c < every.count; c++)
				if (strcmp(own.option[k].name, every.option[c].name) == 0)
					fail_msg("%s: --%s is an option of every program", program[i]->name,
						 own.option[k].name);
		kg_arena_free(arena);
	}
}

/* Each statistic has a line in tests/cases, or a test file that names its struct. */
static void test_statistics_have_a_case(void **state)
{
	size_t count;
	const struct kg_stat *const *stat = kg_stat_all(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		char command[256], pattern[128] = "";

		size_t used = 0;

		for (const char *at = stat[i]->id; *at && used + 5 < sizeof pattern; at++)
			used +=
			    (size_t)snprintf(pattern + used, sizeof pattern - used, *at == '-' ? "[-_]" : "%c", *at);
		snprintf(command, sizeof command, "grep -rqw -e '%s' tests/cases tests/unit tests/cli", pattern);
		if (system(command) != 0)
			fail_msg("%s of %s: no test names it", stat[i]->id, stat[i]->program);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_statistics_are_documented),
		cmocka_unit_test(test_programs_are_documented),
		cmocka_unit_test(test_statistics_have_a_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
