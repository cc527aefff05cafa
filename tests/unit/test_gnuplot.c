/* The process that draws: kept for many figures, ended after a fault, replaced for the next figure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plots/draw.h"
#include "table/builder.h"

#define FIGURES 24

static bool lacks_gnuplot(void)
{
	return system("command -v gnuplot > /dev/null 2>&1") != 0;
}

static enum kg_status run(struct kg_gnuplot *gnuplot, const char *script, struct kg_arena *arena,
			  struct kg_error *error)
{
	const struct kg_plot_job job = { script, strlen(script), 1, ".svg", "</svg>", false };
	size_t length;
	char *bytes;

	return kg_gnuplot_run(gnuplot, &job, arena, &bytes, &length, error);
}

#define GOOD                                                                                                           \
	"set print '-'\n$data << END\n1 2\nEND\nset terminal svg\nset xrange [0:2]\nset yrange [0:3]\nset output "     \
	"'./figure.svg'\n"                                                                                             \
	"plot $data using 1:2 notitle\nunset output\nprint 'points ', 1\n"

static void a_fault_ends_the_process_not_the_service(void **state)
{
	static const char *const bad[] = {
		"plot nothing\n",			       /* a complaint */
		"print 'points 1'\n",			       /* the wrong stream */
		"set print '-'\nprint 'points ', 7\n",	       /* the wrong number of points */
		"system('touch /tmp/keng-was-here')\n",	       /* may execute nothing */
		"set print '/tmp/keng-was-here'\nprint 'x'\n", /* may write nowhere else */
	};
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_gnuplot *gnuplot = kg_gnuplot_new(arena);
	struct kg_error error = { 0 };

	(void)state;
	if (lacks_gnuplot()) {
		kg_arena_free(arena);
		skip();
	}
	assert_int_equal(run(gnuplot, GOOD, arena, &error), KG_OK);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		assert_int_equal(run(gnuplot, bad[i], arena, &error), KG_EIO);
		assert_true(strlen(error.what) > 0);
		assert_int_equal(run(gnuplot, GOOD, arena, &error), KG_OK);
	}
	assert_int_equal(kg_gnuplot_close(gnuplot, &error), KG_OK);
	kg_arena_free(arena);
}

static const struct kg_table *make_table(struct kg_arena *arena)
{
	struct kg_builder *builder = kg_builder_new("values", arena);
	size_t year = kg_builder_column(builder, "year", KG_INTEGER, NULL);
	size_t value = kg_builder_column(builder, "value", KG_REAL, NULL);
	const struct kg_table *table;
	struct kg_error error;

	for (int i = 0; i < 30; i++) {
		kg_builder_row(builder);
		kg_builder_real(builder, year, 1990 + i);
		kg_builder_real(builder, value, i * i);
	}
	assert_int_equal(kg_builder_finish(builder, NULL, &table, &error), KG_OK);
	return table;
}

static void a_batch_gives_each_figure_its_own_outcome(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_drawing *drawing = KG_ARRAY(arena, struct kg_drawing, FIGURES);
	const struct kg_table *table = make_table(arena);
	char folder[] = "/tmp/keng-test-XXXXXX";
	struct kg_error error = { 0 };

	(void)state;
	if (lacks_gnuplot() || !mkdtemp(folder)) {
		kg_arena_free(arena);
		skip();
	}
	for (size_t i = 0; i < FIGURES; i++) {
		drawing[i].picture = (struct kg_picture){
			.kind = "line", .table = table, .x = "year", .y = i == 5 ? "no such column" : "value"
		};
		drawing[i].path = kg_arena_format(arena, "%s/%zu.svg", folder, i);
	}
	assert_int_equal(kg_drawings_draw(drawing, FIGURES, 2, &error), KG_EUSAGE);
	for (size_t i = 0; i < FIGURES; i++) {
		assert_int_equal(drawing[i].error.status, i == 5 ? KG_EUSAGE : KG_OK);
		assert_int_equal(access(drawing[i].path, R_OK), i == 5 ? -1 : 0);
		unlink(drawing[i].path);
	}
	assert_int_equal(rmdir(folder), 0);
	kg_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fault_ends_the_process_not_the_service),
		cmocka_unit_test(a_batch_gives_each_figure_its_own_outcome),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
