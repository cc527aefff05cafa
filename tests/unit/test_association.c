/* Whole commands against reference values: tests/cases/{correlate,attainment,spatial}.csv. The column `case` is a
 * command, `@` in it the folder of reference data, `;` a comma; `term` names the row (`id=7 term` where a program has a row per
 * place), `quantity` the column. */
#include <unistd.h>

#include "cases.h"
#include "command/command.h"

static const char *find_shared(void)
{
	const char *shared = getenv("KENG_SHARED");

	return shared ? shared : "../shared";
}

/* The command with `@` and `;` written out. */
static const char *write_out(const char *inputs, struct kg_arena *arena)
{
	struct kg_buffer text = kg_buffer_new(arena);

	for (; *inputs; inputs++)
		if (*inputs == '@')
			kg_buffer_printf(&text, "%s/reference/", find_shared());
		else
			kg_buffer_add_char(&text, *inputs == ';' ? ',' : *inputs);
	return text.text;
}

/* The result of a command; the last one is kept, since cases of a command follow each other. */
struct last {
	char command[1024];
	struct kg_arena *arena;
	const struct kg_table *table;
};

static const struct kg_table *run_command(struct last *last, const char *inputs)
{
	struct kg_error error = { 0 };
	struct kg_command command;
	struct kg_result *result = NULL;
	struct kg_names word;

	if (last->arena && strcmp(last->command, inputs) == 0)
		return last->table;
	kg_arena_free(last->arena);
	last->arena = kg_arena_new(0);
	snprintf(last->command, sizeof last->command, "%s", inputs);
	if (kg_command_words(write_out(inputs, last->arena), last->arena, &word, &error) != KG_OK ||
	    kg_command_parse(&word, last->arena, &command, &error) != KG_OK ||
	    kg_command_run(&command, &(struct kg_session){ 0 }, last->arena, &result, &error) != KG_OK)
		fail_msg("%s: %s", inputs, error.what);
	last->table = result->table;
	return last->table;
}

static bool is_row(const struct kg_table *table, size_t row, const char *term, struct kg_arena *arena)
{
	const struct kg_column *id = strncmp(term, "id=", 3) == 0 ? kg_table_find(table, "id") : NULL;
	size_t length = id ? strcspn(term + 3, " ") : 0;
	const char *cell = id ? kg_column_cell(id, row, arena) : NULL;

	if (id && (strncmp(cell, term + 3, length) != 0 || cell[length] != '\0'))
		return false;
	return strcmp(kg_column_text(kg_table_find(table, "term"), row), id ? term + 4 + length : term) == 0;
}

static void check_cases(const char *path)
{
	char line[4096], what[4096];
	struct last last = { "", NULL, NULL };
	FILE *file = fopen(path, "r");
	size_t checked = 0;

	assert_non_null(file);
	assert_non_null(fgets(line, sizeof line, file));
	while (fgets(line, sizeof line, file)) {
		const struct kg_table *table;
		const struct kg_column *column;
		struct kg_case of;
		size_t row = 0;

		snprintf(what, sizeof what, "%s", line);
		kg_case_split(line, &of);
		if (strchr(of.inputs, '@') && access(find_shared(), F_OK) != 0)
			continue;
		table = run_command(&last, of.inputs);
		column = kg_table_find(table, of.quantity);
		while (row < table->nrow && !is_row(table, row, of.term, last.arena))
			row++;
		if (!column || row == table->nrow)
			fail_msg("%s: no such row or column", what);
		kg_assert_digits(kg_column_real(column, row), of.expected, of.digits, what);
		checked++;
	}
	fclose(file);
	kg_arena_free(last.arena);
	if (checked == 0)
		skip();
}

static void test_correlate(void **state)
{
	(void)state;
	check_cases("tests/cases/correlate.csv");
}

static void test_attainment(void **state)
{
	(void)state;
	check_cases("tests/cases/attainment.csv");
}

static void test_spatial(void **state)
{
	(void)state;
	check_cases("tests/cases/spatial.csv");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_correlate),
		cmocka_unit_test(test_attainment),
		cmocka_unit_test(test_spatial),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
