/* The process that draws: kept for many figures, ended after a fault, replaced for the next figure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "plots/draw.h"
#include "table/builder.h"

#define FIGURES 24
#define BATCH 150
#define SHORT_MS 200

static bool lacks_gnuplot(void)
{
	return system("command -v gnuplot > /dev/null 2>&1") != 0;
}

static enum kg_status run_within(struct kg_gnuplot *gnuplot, const char *script, int wait_ms, struct kg_arena *arena,
				 struct kg_error *error)
{
	const struct kg_plot_job job = { script, strlen(script), 1, ".svg", "</svg>", false, wait_ms };
	size_t length;
	char *bytes;

	return kg_gnuplot_run(gnuplot, &job, arena, &bytes, &length, error);
}

static enum kg_status run(struct kg_gnuplot *gnuplot, const char *script, struct kg_arena *arena,
			  struct kg_error *error)
{
	return run_within(gnuplot, script, 0, arena, error);
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
		"set print './figure.svg'\nprint '<svg>'\nset print '-'\nprint 'points ', 1\n", /* half a figure */
		"set print '-'\nprint 'points ', 1\n",						/* no figure */
		"exit\n",									/* it left */
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

static void what_hangs_is_ended_and_replaced(void **state)
{
	static const char *const hanging[] = { "pause 60\n", "while (1) { x = 1 }\n" };
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_gnuplot *gnuplot = kg_gnuplot_new(arena);
	struct kg_error error = { 0 };

	(void)state;
	if (lacks_gnuplot()) {
		kg_arena_free(arena);
		skip();
	}
	for (size_t i = 0; i < sizeof hanging / sizeof hanging[0]; i++) {
		assert_int_equal(run_within(gnuplot, hanging[i], SHORT_MS, arena, &error), KG_EIO);
		assert_string_equal(error.what, "gnuplot took more than 0.2 seconds and was ended");
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

#define PIDS_MOST 16

/* The gnuplots that this process has started. */
static size_t find_children(pid_t *pid)
{
	DIR *folder = opendir("/proc/self/task");
	size_t count = 0;

	for (struct dirent *entry; folder && (entry = readdir(folder));) {
		char path[64];
		FILE *file;

		snprintf(path, sizeof path, "/proc/self/task/%.16s/children", entry->d_name);
		file = fopen(path, "r");
		while (file && count < PIDS_MOST && fscanf(file, "%d", &pid[count]) == 1)
			count++;
		if (file)
			fclose(file);
	}
	if (folder)
		closedir(folder);
	return count;
}

static void a_killed_process_is_replaced_unseen(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_gnuplot *gnuplot = kg_gnuplot_new(arena);
	struct kg_error error = { 0 };
	pid_t pid[PIDS_MOST];

	(void)state;
	if (lacks_gnuplot()) {
		kg_arena_free(arena);
		skip();
	}
	for (int i = 0; i < 3; i++) {
		assert_int_equal(run(gnuplot, GOOD, arena, &error), KG_OK);
		if (find_children(pid) != 1)
			break; /* a kernel that does not list children */
		kill(pid[0], SIGKILL);
	}
	assert_int_equal(run(gnuplot, GOOD, arena, &error), KG_OK);
	assert_int_equal(kg_gnuplot_close(gnuplot, &error), KG_OK);
	kg_arena_free(arena);
}

struct killer {
	atomic_bool done;
	const char *folder;
	size_t killed;
};

/* A kill for so many figures: by progress, not by time, so that a slow machine does not kill one figure's gnuplot
 * more often than it is replaced. */
#define FIGURES_PER_KILL 20

static size_t count_files(const char *folder)
{
	DIR *directory = opendir(folder);
	size_t count = 0;

	while (directory && readdir(directory))
		count++;
	if (directory)
		closedir(directory);
	return count;
}

/* Kills one of the gnuplots whenever some more figures are there. */
static void *kill_now_and_then(void *context)
{
	struct killer *killer = context;
	size_t next = count_files(killer->folder);

	while (!atomic_load(&killer->done)) {
		pid_t pid[PIDS_MOST];
		size_t count = count_files(killer->folder) >= next ? find_children(pid) : 0;

		if (count && kill(pid[killer->killed % count], SIGKILL) == 0) {
			killer->killed++;
			next += FIGURES_PER_KILL;
		}
		nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
	}
	return NULL;
}

static void read_whole(const char *path, char *bytes, size_t room)
{
	FILE *file = fopen(path, "r");
	size_t length = file ? fread(bytes, 1, room - 1, file) : 0;

	bytes[length] = '\0';
	if (file)
		fclose(file);
}

static void draw_batch(struct kg_arena *arena, const struct kg_table *table, const char *folder, const char *prefix)
{
	struct kg_drawing *drawing = KG_ARRAY(arena, struct kg_drawing, BATCH);
	struct kg_error error = { 0 };

	for (size_t i = 0; i < BATCH; i++) {
		drawing[i].picture = (struct kg_picture){ .kind = "line", .table = table, .x = "year", .y = "value" };
		drawing[i].picture.title = kg_arena_format(arena, "figure %zu", i);
		drawing[i].path = kg_arena_format(arena, "%s/%s%zu.svg", folder, prefix, i);
	}
	assert_int_equal(kg_drawings_draw(drawing, BATCH, 2, &error), KG_OK);
}

static void a_batch_is_the_same_when_processes_are_killed(void **state)
{
	static char expected[1 << 17], got[1 << 17];
	struct kg_arena *arena = kg_arena_new(0);
	char folder[] = "/tmp/keng-test-XXXXXX";
	struct killer killer = { .folder = folder };
	pthread_t thread;

	(void)state;
	if (lacks_gnuplot() || !mkdtemp(folder)) {
		kg_arena_free(arena);
		skip();
	}
	draw_batch(arena, make_table(arena), folder, "calm");
	assert_int_equal(pthread_create(&thread, NULL, kill_now_and_then, &killer), 0);
	draw_batch(arena, make_table(arena), folder, "killed");
	atomic_store(&killer.done, true);
	pthread_join(thread, NULL);
	for (size_t i = 0; i < BATCH; i++) {
		const char *calm = kg_arena_format(arena, "%s/calm%zu.svg", folder, i);
		const char *killed = kg_arena_format(arena, "%s/killed%zu.svg", folder, i);

		read_whole(calm, expected, sizeof expected);
		read_whole(killed, got, sizeof got);
		assert_true(strlen(expected) > 1000);
		assert_string_equal(got, expected);
		unlink(calm);
		unlink(killed);
	}
	assert_int_equal(rmdir(folder), 0);
	kg_arena_free(arena);
	if (!killer.killed)
		skip(); /* a kernel that does not list children */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fault_ends_the_process_not_the_service),
		cmocka_unit_test(what_hangs_is_ended_and_replaced),
		cmocka_unit_test(a_batch_gives_each_figure_its_own_outcome),
		cmocka_unit_test(a_killed_process_is_replaced_unseen),
		cmocka_unit_test(a_batch_is_the_same_when_processes_are_killed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
