#include "report/tidy.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "table/builder.h"

/* Groups that a thread takes at once: few enough to balance threads, enough that taking them costs nothing. */
#define BLOCK_MOST 64
/* Blocks per thread that are wanted, so that slow groups spread. */
#define BLOCKS_PER_THREAD 8

/* A row as it is kept: only the own cells that the program has. */
struct kept {
	struct kept *next;
	struct kg_term term;
	const char *method;
	double n, n_missing;
	struct kg_cell own[];
};

struct kg_rows {
	struct kg_arena *arena;
	struct kept *first, *last;
	size_t count, nown;
	size_t start; /* where its rows stand in the table */
	bool failed;
};

/* A copy of the text, or `before` when that is the same text already. */
static const char *copy_text(struct kg_rows *rows, const char *text, const char *before)
{
	const char *copy;

	if (!text || (before && strcmp(text, before) == 0))
		return text ? before : NULL;
	copy = kg_arena_text(rows->arena, text);
	if (!copy)
		rows->failed = true;
	return copy;
}

void kg_rows_add(struct kg_rows *rows, const struct kg_row *row)
{
	const struct kept *before = rows->last;
	struct kept *kept = kg_arena_alloc(rows->arena, sizeof *kept + rows->nown * sizeof kept->own[0]);

	if (!kept) {
		rows->failed = true;
		return;
	}
	kept->term = row->term;
	kept->term.term = copy_text(rows, row->term.term, before ? before->term.term : NULL);
	kept->term.unit = copy_text(rows, row->term.unit, before ? before->term.unit : NULL);
	kept->method = copy_text(rows, row->method, before ? before->method : NULL);
	kept->n = row->n;
	kept->n_missing = row->n_missing;
	for (size_t k = 0; k < rows->nown; k++) {
		kept->own[k].real = row->own[k].real;
		kept->own[k].text = copy_text(rows, row->own[k].text, before ? before->own[k].text : NULL);
	}
	if (rows->last)
		rows->last->next = kept;
	else
		rows->first = kept;
	rows->last = kept;
	rows->count++;
}

struct running {
	const struct kg_tidy_plan *plan;
	struct kg_rows *rows;
	struct kg_arena **arena; /* of each thread, for rows */
	size_t block;
};

static enum kg_status work_block(void *context, size_t block, struct kg_arena *scratch, struct kg_error *error)
{
	struct running *running = context;
	size_t from = block * running->block, to = from + running->block;
	struct kg_arena **arena = &running->arena[kg_parallel_thread()];

	if (!*arena)
		*arena = kg_arena_new(0);
	if (!*arena)
		return kg_error_memory(error);
	if (to > running->plan->groups->ngroup)
		to = running->plan->groups->ngroup;
	for (size_t g = from; g < to; g++) {
		struct kg_arena_mark mark = kg_arena_mark(scratch);

		running->rows[g].arena = *arena;
		running->rows[g].nown = running->plan->nown;
		KG_TRY(running->plan->work(running->plan->context, g, scratch, &running->rows[g], error));
		if (running->rows[g].failed || kg_arena_failed(scratch))
			return kg_error_memory(error);
		kg_arena_rewind(scratch, mark);
	}
	return KG_OK;
}

static const char *const number_column[] = { "estimate",   "std_error",	 "conf_low", "conf_high",
					     "conf_level", "statistic",	 "df",	     "p_value",
					     "bound_low",  "bound_high", "n",	     "n_missing" };
#define NUMBER_COLUMNS (sizeof number_column / sizeof number_column[0])

static bool is_reserved(const struct kg_tidy_plan *plan, const char *name, bool by)
{
	static const char *const text_column[] = { "term", "method", "unit", "note" };

	for (size_t k = 0; by && k < plan->nown; k++)
		if (strcmp(plan->own[k].name, name) == 0)
			return true;
	for (size_t k = 0; k < NUMBER_COLUMNS; k++)
		if (strcmp(number_column[k], name) == 0)
			return true;
	for (size_t k = 0; k < sizeof text_column / sizeof text_column[0]; k++)
		if (strcmp(text_column[k], name) == 0)
			return true;
	return false;
}

/* No column of the data may bear the name of one of the result's own. */
static enum kg_status check_names(const struct kg_tidy_plan *plan, struct kg_error *error)
{
	size_t nby = plan->groups->nby;

	for (size_t k = 0; k < nby + plan->nown; k++) {
		const char *name = k < nby ? plan->groups->by[k]->name : plan->own[k - nby].name;

		if (is_reserved(plan, name, k < nby))
			return kg_error_set(error, KG_EUSAGE,
					    "'%s' is also the name of a column of the result; give it another one, as "
					    "with --let 'NAME=%s'",
					    name, name);
	}
	return KG_OK;
}

static void add_columns(struct kg_builder *builder, const struct kg_tidy_plan *plan)
{
	for (size_t j = 0; j < plan->groups->nby; j++)
		kg_builder_like(builder, plan->groups->by[j]);
	for (size_t k = 0; k < plan->nown; k++)
		kg_builder_column(builder, plan->own[k].name, plan->own[k].type, plan->own[k].unit);
	kg_builder_column(builder, "term", KG_TEXT, NULL);
	kg_builder_column(builder, "method", KG_TEXT, NULL);
	for (size_t k = 0; k < NUMBER_COLUMNS; k++)
		kg_builder_column(builder, number_column[k], k < NUMBER_COLUMNS - 2 ? KG_REAL : KG_INTEGER, NULL);
	kg_builder_column(builder, "unit", KG_TEXT, NULL);
	kg_builder_column(builder, "note", KG_TEXT, NULL);
}

/* A p-value that underflows is below the smallest normal double, never 0. */
static double lift_p(double p)
{
	return p < DBL_MIN ? DBL_MIN : p;
}

/* Infinite limits are open ends: an empty cell. */
static double close_end(double limit)
{
	return isinf(limit) ? NAN : limit;
}

/* The table while it is put together: numbers by several threads, then texts row after row. */
struct assembling {
	const struct running *running;
	struct kg_builder *builder;
	double *own[KG_OWN_MOST]; /* NULL where a text */
	double *number[NUMBER_COLUMNS];
};

static void fill_row(const struct assembling *to, const struct kept *row, size_t at)
{
	const struct kg_tidy_plan *plan = to->running->plan;
	const struct kg_term *term = &row->term;
	bool limits = !isnan(term->conf_low) || !isnan(term->conf_high);
	double number[] = { term->estimate,
			    term->std_error,
			    term->conf_low,
			    term->conf_high,
			    limits ? plan->conf_level : NAN,
			    term->statistic,
			    term->df,
			    isnan(term->p_value) ? NAN : lift_p(term->p_value),
			    term->bound_low,
			    term->bound_high,
			    isnan(term->n) ? row->n : term->n,
			    row->n_missing };

	for (size_t k = 0; k < NUMBER_COLUMNS; k++)
		to->number[k][at] = close_end(number[k]);
	for (size_t k = 0; k < plan->nown; k++)
		if (to->own[k])
			to->own[k][at] = close_end(row->own[k].real);
}

static enum kg_status fill_block(void *context, size_t block, struct kg_arena *scratch, struct kg_error *error)
{
	const struct assembling *to = context;
	const struct running *running = to->running;
	size_t from = block * running->block, end = from + running->block, ngroup = running->plan->groups->ngroup;

	(void)scratch;
	(void)error;
	for (size_t g = from; g < end && g < ngroup; g++) {
		size_t at = running->rows[g].start;

		for (const struct kept *row = running->rows[g].first; row; row = row->next)
			fill_row(to, row, at++);
	}
	return KG_OK;
}

static void add_texts(const struct assembling *to, size_t group, const struct kept *row)
{
	const struct kg_tidy_plan *plan = to->running->plan;
	const size_t *start = plan->groups->start;
	struct kg_builder *builder = to->builder;
	size_t at = plan->groups->nby;

	kg_builder_row(builder);
	for (size_t j = 0; j < at && start[group] < start[group + 1]; j++)
		kg_builder_copy(builder, j, plan->groups->by[j], plan->groups->row[start[group]]);
	for (size_t k = 0; k < plan->nown; k++, at++)
		if (plan->own[k].type == KG_TEXT)
			kg_builder_text(builder, at, row->own[k].text);
	kg_builder_text(builder, at++, row->term.term);
	kg_builder_text(builder, at++, row->method);
	at += NUMBER_COLUMNS;
	kg_builder_text(builder, at++, row->term.unit);
	kg_builder_text(builder, at, row->term.why == KG_WHY_NONE ? NULL : kg_why_id(row->term.why));
}

/* Room for all rows and where their numbers go. */
static bool open_columns(struct running *running, struct assembling *to)
{
	const struct kg_tidy_plan *plan = running->plan;
	size_t count = 0, at = plan->groups->nby;
	bool open = true;

	add_columns(to->builder, plan);
	for (size_t g = 0; g < plan->groups->ngroup; g++) {
		running->rows[g].start = count;
		count += running->rows[g].count;
	}
	kg_builder_reserve(to->builder, count ? count : 1);
	for (size_t k = 0; k < plan->nown; k++, at++) {
		to->own[k] = plan->own[k].type == KG_TEXT ? NULL : kg_builder_numbers(to->builder, at);
		open = open && (to->own[k] || plan->own[k].type == KG_TEXT);
	}
	at += 2; /* term, method */
	for (size_t k = 0; k < NUMBER_COLUMNS; k++) {
		to->number[k] = kg_builder_numbers(to->builder, at + k);
		open = open && to->number[k];
	}
	return open;
}

/* One table of all rows. */
static enum kg_status assemble(struct running *running, struct kg_arena *arena, const struct kg_table **table,
			       struct kg_error *error)
{
	const struct kg_tidy_plan *plan = running->plan;
	size_t ngroup = plan->groups->ngroup;
	struct assembling to = { .running = running, .builder = kg_builder_new(plan->name, arena) };

	if (!to.builder || !open_columns(running, &to))
		return kg_error_memory(error);
	KG_TRY(kg_parallel_each((ngroup + running->block - 1) / running->block, plan->threads, fill_block, &to, error));
	for (size_t g = 0; g < ngroup; g++)
		for (const struct kept *row = running->rows[g].first; row; row = row->next)
			add_texts(&to, g, row);
	return kg_builder_finish(to.builder, plan->table->from, table, error);
}

enum kg_status kg_tidy_run(const struct kg_tidy_plan *plan, struct kg_arena *arena, const struct kg_table **table,
			   struct kg_error *error)
{
	size_t ngroup = plan->groups->ngroup, threads = kg_parallel_threads(plan->threads, ngroup), nblock;
	struct kg_arena *own = kg_arena_new(0);
	struct running running = { .plan = plan };
	enum kg_status status = check_names(plan, error);

	if (status != KG_OK) {
		kg_arena_free(own);
		return status;
	}

	running.block = ngroup / (threads * BLOCKS_PER_THREAD);
	if (running.block > BLOCK_MOST)
		running.block = BLOCK_MOST;
	if (!running.block)
		running.block = 1;
	nblock = (ngroup + running.block - 1) / running.block;
	if (own) {
		running.rows = KG_ARRAY(own, struct kg_rows, ngroup);
		running.arena = KG_ARRAY(own, struct kg_arena *, threads);
	}
	if (running.rows && running.arena) {
		status = kg_parallel_each(nblock, plan->threads, work_block, &running, error);
		if (status == KG_OK)
			status = assemble(&running, arena, table, error);
		for (size_t t = 0; t < threads; t++)
			kg_arena_free(running.arena[t]);
	} else {
		status = kg_error_memory(error);
	}
	kg_arena_free(own);
	return status;
}
