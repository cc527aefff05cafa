#include <string.h>

#include "base/text.h"
#include "harmonise_crosswalk.h"
#include "report/tidy.h"
#include "stats/apportion.h"

struct options {
	const char *id, *from, *to, *share;
	struct kg_names value;
	struct kg_further crosswalk;
	struct kg_names method;
	bool whole;
};

#define OPTION(field_name) offsetof(struct options, field_name)

static const struct kg_option option[] = {
	{ .name = "id",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_KEY,
	  .required = true,
	  .help = "column with the code of the old unit",
	  .field = OPTION(id) },
	{ .name = "crosswalk",
	  .argument = "FILE",
	  .kind = KG_OPTION_TABLE,
	  .required = true,
	  .help = "which old unit went into which new one",
	  .field = OPTION(crosswalk) },
	{ .name = "value",
	  .argument = "COLS",
	  .kind = KG_OPTION_COLUMNS,
	  .role = KG_ROLE_VALUE,
	  .required = true,
	  .help = "counts to carry over; not rates",
	  .field = OPTION(value) },
	{ .name = "from",
	  .argument = "COL",
	  .fallback = "from",
	  .kind = KG_OPTION_TEXT,
	  .help = "column of the crosswalk: old unit",
	  .field = OPTION(from) },
	{ .name = "to",
	  .argument = "COL",
	  .fallback = "to",
	  .kind = KG_OPTION_TEXT,
	  .help = "column of the crosswalk: new unit",
	  .field = OPTION(to) },
	{ .name = "share",
	  .argument = "COL",
	  .kind = KG_OPTION_TEXT,
	  .help = "column of the crosswalk: share of the old unit that went there (default: 'share' if there is one)",
	  .field = OPTION(share) },
	{ .name = "whole",
	  .kind = KG_OPTION_FLAG,
	  .help = "whole parts of whole values, by largest remainders",
	  .field = OPTION(whole) },
	{ .name = "method",
	  .argument = "LIST",
	  .kind = KG_OPTION_METHODS,
	  .help = "how values are carried",
	  .field = OPTION(method) },
};

static const struct kg_example example[] = {
	{ "The census of 2019 on the communes of 2020", "harmonise communes-2019.csv --id code --value population_2019 "
							"--crosswalk crosswalk-2019-2020.csv --from code_2019 "
							"--to code_2020 --share population_share --whole" },
};

enum { OWN_UNIT, OWN_SHARE, OWN_COUNT };

/* How many names a remark spells out. */
#define NAMES_MOST 8

struct run {
	const struct options *options;
	const struct kg_context *context;
	const struct kg_table *table;
	const struct kg_column *id;
	const struct kg_column **value;
	struct kg_crosswalk crosswalk;
	struct kg_groups groups;
	size_t *old_of; /* of a row: its old unit, nold = none */
};

/* What one new unit receives. */
struct received {
	long double value, apportioned, low, high;
	size_t units, missing;
	bool bounded, unknown;
};

static void add_part(struct received *to, const struct kg_column *column, size_t row, double part, double share,
		     bool unknown)
{
	double value = column->real[row];
	double low = column->low ? column->low[row] : value, high = column->high ? column->high[row] : value;
	bool bounded = low != high;

	to->units += share > 0 || unknown;
	to->value += part;
	if (share < 1 && !unknown)
		to->apportioned += part;
	to->bounded |= bounded || unknown;
	to->unknown |= unknown;
	to->low += unknown ? 0 : bounded ? low * share : part;
	to->high += unknown ? high : bounded ? high * share : part;
}

static void carry_row(const struct run *run, const struct kg_column *column, size_t row, double *part,
		      struct received *received)
{
	const struct kg_crosswalk *crosswalk = &run->crosswalk;
	const struct kg_old_unit *old = &crosswalk->old[run->old_of[row]];
	bool missing = kg_column_missing(column, row);

	if (!missing)
		kg_apportion(column->real[row], &crosswalk->share[old->first], old->count, run->options->whole, part);
	for (size_t k = 0; k < old->count; k++) {
		struct received *to = &received[crosswalk->to[old->first + k]];

		if (missing)
			to->missing++;
		else
			add_part(to, column, row, part[k], crosswalk->share[old->first + k], old->unknown);
	}
}

static void add_new_unit(const struct run *run, size_t unit, const struct kg_column *column,
			 const struct received *received, struct kg_rows *rows)
{
	struct kg_row row = { .term = kg_term_none(column->name, column->unit, KG_WHY_MISSING),
			      .method = "apportion",
			      .n = (double)received->units,
			      .n_missing = (double)received->missing };

	row.own[OWN_UNIT].text = run->crosswalk.name[unit];
	row.own[OWN_SHARE].real = NAN;
	if (!received->missing) {
		row.term.why = received->unknown   ? KG_WHY_UNKNOWN_SHARE
			       : received->bounded ? KG_WHY_BOUND
						   : KG_WHY_NONE;
		row.term.estimate = (double)received->value;
		row.own[OWN_SHARE].real = received->value != 0 ? (double)(received->apportioned / received->value) : 0;
		if (received->bounded) {
			row.term.bound_low = (double)received->low;
			row.term.bound_high = (double)received->high;
		}
	}
	kg_rows_add(rows, &row);
}

/* An old unit that the crosswalk does not know: named, so that its value is not lost in silence. */
static void add_unmatched(const struct run *run, const struct kg_column *column, size_t at, struct kg_arena *scratch,
			  struct kg_rows *rows)
{
	struct kg_row row = { .term = kg_term_none(column->name, column->unit, KG_WHY_NO_MATCH),
			      .method = "apportion",
			      .n_missing = 1 };

	row.own[OWN_UNIT].text = kg_column_cell(run->id, at, scratch);
	row.own[OWN_SHARE].real = NAN;
	kg_rows_add(rows, &row);
}

/* Old units of the crosswalk that have no row in this group: what they went into is not known in full. */
static enum kg_status count_absent(const struct run *run, size_t group, struct kg_arena *scratch, size_t *absent,
				   struct kg_error *error)
{
	const struct kg_crosswalk *crosswalk = &run->crosswalk;
	size_t *seen = KG_ARRAY(scratch, size_t, crosswalk->nold + 1);

	if (!seen)
		return kg_error_memory(error);
	for (size_t i = run->groups.start[group]; i < run->groups.start[group + 1]; i++) {
		uint32_t row = run->groups.row[i];
		size_t old = run->old_of[row];

		if (old < crosswalk->nold && seen[old]++)
			return kg_error_cell(error, KG_EDATA, run->table->from->file, kg_table_line(run->table, row),
					     run->id->name,
					     "unit '%s' stands twice; name further --by columns or an --aggregate",
					     crosswalk->old[old].name);
	}
	for (size_t u = 0; u < crosswalk->nold; u++)
		for (size_t k = 0; !seen[u] && k < crosswalk->old[u].count; k++)
			absent[crosswalk->to[crosswalk->old[u].first + k]]++;
	return KG_OK;
}

static enum kg_status work(void *context, size_t group, struct kg_arena *scratch, struct kg_rows *rows,
			   struct kg_error *error)
{
	const struct run *run = context;
	size_t nnew = run->crosswalk.nnew, *absent = KG_ARRAY(scratch, size_t, nnew);
	double *part = KG_ARRAY(scratch, double, nnew);

	if (!absent || !part)
		return kg_error_memory(error);
	KG_TRY(count_absent(run, group, scratch, absent, error));
	for (size_t v = 0; v < run->options->value.count; v++) {
		struct received *received = KG_ARRAY(scratch, struct received, nnew);

		if (!received)
			return kg_error_memory(error);
		for (size_t k = 0; k < nnew; k++)
			received[k].missing = absent[k];
		for (size_t i = run->groups.start[group]; i < run->groups.start[group + 1]; i++)
			if (run->old_of[run->groups.row[i]] < run->crosswalk.nold)
				carry_row(run, run->value[v], run->groups.row[i], part, received);
		for (size_t k = 0; k < nnew; k++)
			add_new_unit(run, k, run->value[v], &received[k], rows);
		for (size_t i = run->groups.start[group]; i < run->groups.start[group + 1]; i++)
			if (run->old_of[run->groups.row[i]] == run->crosswalk.nold)
				add_unmatched(run, run->value[v], run->groups.row[i], scratch, rows);
	}
	return KG_OK;
}

static enum kg_status find_units(struct run *run, struct kg_error *error)
{
	run->old_of = KG_ARRAY(run->context->arena, size_t, run->table->nrow);
	if (!run->old_of)
		return kg_error_memory(error);
	for (size_t i = 0; i < run->table->nrow; i++) {
		const char *name = kg_column_cell(run->id, i, run->context->arena);

		if (!name)
			return kg_error_memory(error);
		run->old_of[i] = kg_crosswalk_find(&run->crosswalk, name);
	}
	return KG_OK;
}

static enum kg_status open_run(struct run *run, const struct kg_table *table, struct kg_error *error)
{
	const struct options *options = run->options;
	struct kg_arena *arena = run->context->arena;
	struct kg_crosswalk_columns columns = { options->from, options->to, options->share, options->crosswalk.spec };

	if (!columns.share && kg_table_find(options->crosswalk.table, "share"))
		columns.share = "share";
	run->table = table;
	run->value = KG_ARRAY(arena, const struct kg_column *, options->value.count);
	if (!run->value)
		return kg_error_memory(error);
	KG_TRY(kg_table_column(table, options->id, &run->id, error));
	for (size_t v = 0; v < options->value.count; v++)
		KG_TRY(kg_table_number(table, options->value.name[v], &run->value[v], error));
	KG_TRY(kg_crosswalk_make(options->crosswalk.table, &columns, arena, &run->crosswalk, error));
	KG_TRY(kg_groups_make(table, &run->context->by, arena, &run->groups, error));
	return find_units(run, error);
}

/* Totals before and after: a loss shows. */
static void remark_totals(const struct run *run, const struct kg_table *result_table, struct kg_result *result)
{
	struct kg_arena *arena = run->context->arena;
	const struct kg_column *term = kg_table_find(result_table, "term"),
			       *estimate = kg_table_find(result_table, "estimate");

	for (size_t v = 0; v < run->options->value.count; v++) {
		long double before = 0, after = 0;
		struct kg_buffer text = kg_buffer_new(arena);

		for (size_t i = 0; i < run->table->nrow; i++)
			before += kg_column_missing(run->value[v], i) ? 0 : run->value[v]->real[i];
		for (size_t i = 0; i < result_table->nrow; i++)
			if (strcmp(kg_column_text(term, i), run->value[v]->name) == 0 &&
			    !kg_column_missing(estimate, i))
				after += estimate->real[i];
		kg_number_exact(&text, (double)before);
		kg_buffer_add(&text, " before, ");
		kg_number_exact(&text, (double)after);
		kg_buffer_add(&text,
			      before == after ? " after." : " after: the difference stands in the rows with a note.");
		if (!text.failed)
			kg_result_remark(result, arena, "Total of '%s': %s", run->value[v]->name, text.text);
	}
}

static void remark_unmatched(const struct run *run, struct kg_result *result)
{
	struct kg_arena *arena = run->context->arena;
	struct kg_buffer list = kg_buffer_new(arena);
	const char **known = KG_ARRAY(arena, const char *, run->crosswalk.nold);
	size_t count = 0;

	for (size_t u = 0; known && u < run->crosswalk.nold; u++)
		known[u] = run->crosswalk.old[u].name;
	for (size_t i = 0; known && i < run->table->nrow; i++) {
		const char *name, *near;

		if (run->old_of[i] < run->crosswalk.nold || count++ >= NAMES_MOST)
			continue;
		name = kg_column_cell(run->id, i, arena);
		near = name ? kg_text_nearest(name, known, run->crosswalk.nold) : NULL;
		kg_buffer_printf(&list, "%s'%s' (line %zu%s%s%s)", list.length ? ", " : "", name ? name : "",
				 kg_table_line(run->table, i), near ? ", near '" : "", near ? near : "",
				 near ? "'" : "");
	}
	if (count && !list.failed)
		kg_result_remark(result, arena, "Not in the crosswalk, so not carried: %zu row%s: %s%s.", count,
				 count == 1 ? "" : "s", list.text, count > NAMES_MOST ? ", ..." : "");
}

static void remark_without_data(const struct run *run, struct kg_result *result)
{
	struct kg_arena *arena = run->context->arena;
	struct kg_buffer list = kg_buffer_new(arena);
	bool *seen = KG_ARRAY(arena, bool, run->crosswalk.nold + 1);
	size_t count = 0;

	if (!seen)
		return;
	for (size_t i = 0; i < run->table->nrow; i++)
		seen[run->old_of[i]] = true;
	for (size_t u = 0; u < run->crosswalk.nold; u++)
		if (!seen[u] && count++ < NAMES_MOST)
			kg_buffer_printf(&list, "%s'%s'", list.length ? ", " : "", run->crosswalk.old[u].name);
	if (count && !list.failed)
		kg_result_remark(result, arena, "In the crosswalk without a row in the data: %zu unit%s: %s%s.", count,
				 count == 1 ? "" : "s", list.text, count > NAMES_MOST ? ", ..." : "");
	for (size_t u = 0; u < run->crosswalk.nold; u++)
		if (run->crosswalk.old[u].unknown)
			kg_result_remark(
			    result, arena,
			    "How '%s' was split is not known: all of it stands with '%s', the bounds show both ends.",
			    run->crosswalk.old[u].name,
			    run->crosswalk.name[run->crosswalk.to[run->crosswalk.old[u].first]]);
}

static enum kg_status run_harmonise(const void *options, const struct kg_table *const *in, size_t nin,
				    struct kg_context *context, struct kg_result **result, struct kg_error *error)
{
	struct run run = { .options = options, .context = context };
	const struct kg_own own[OWN_COUNT] = {
		[OWN_UNIT] = { run.options->id, KG_TEXT, NULL }, [OWN_SHARE] = { "apportioned_share", KG_REAL, NULL }
	};
	const struct kg_table *table;
	struct kg_tidy_plan plan = { .name = "harmonise",
				     .table = in[0],
				     .groups = &run.groups,
				     .own = own,
				     .nown = OWN_COUNT,
				     .conf_level = context->conf_level,
				     .threads = context->threads,
				     .work = work,
				     .context = &run };

	(void)nin;
	KG_TRY(open_run(&run, in[0], error));
	KG_TRY(kg_tidy_run(&plan, context->arena, &table, error));
	*result = kg_result_new(table, context->arena);
	if (!*result)
		return kg_error_memory(error);
	kg_result_title(*result, context->arena, "%zu old units carried to %zu new ones", run.crosswalk.nold,
			run.crosswalk.nnew);
	remark_totals(&run, table, *result);
	remark_unmatched(&run, *result);
	remark_without_data(&run, *result);
	return KG_OK;
}

const struct kg_program kg_program_harmonise = {
	.name = "harmonise",
	.summary = "values carried from old units to new ones when boundaries change",
	.detail =
	    "One row per new unit (and group of --by, such as the year). Counts add; carry count and population, then "
	    "make rates of them. apportioned_share is the part of the value that came from units that were split: 0 "
	    "for renamed and merged units. Totals before and after are always said.",
	.option = option,
	.noption = sizeof option / sizeof option[0],
	.options_size = sizeof(struct options),
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.run = run_harmonise,
};
