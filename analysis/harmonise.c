#include "harmonise.h"

#include <string.h>

#define OPTION(field_name) offsetof(struct kg_harmonise_options, field_name)

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
	{ .name = "time",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_KEY,
	  .help =
	      "period of each row; the crosswalk's lines that are valid on its last day apply (valid_from, valid_to)",
	  .field = OPTION(time) },
	{ .name = "rate",
	  .argument = "COUNT/POPULATION",
	  .kind = KG_OPTION_TEXT,
	  .help = "rates rebuilt from two of the carried --value columns, separated by commas",
	  .field = OPTION(rate) },
	{ .name = "multiplier",
	  .argument = "N",
	  .fallback = "1000",
	  .kind = KG_OPTION_REAL,
	  .least = 1e-9,
	  .most = 1e12,
	  .help = "rates are per so many people",
	  .field = OPTION(multiplier) },
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
	{ "Years before and after the change on one map, with the rate rebuilt",
	  "harmonise panel.csv --id code --time year --value cases,population --rate cases/population --crosswalk "
	  "changes.csv" },
};

enum { OWN_UNIT, OWN_SHARE, OWN_EVENT, OWN_COUNT };

static struct kg_row start_row(const struct kg_harmonise_run *run, size_t unit, const char *event)
{
	struct kg_row row = { .method = "apportion" };

	row.own[OWN_UNIT].text = kg_name_set_name(run->crosswalk.new_names, unit);
	row.own[OWN_SHARE].real = NAN;
	row.own[OWN_EVENT].text = event;
	return row;
}

static enum kg_why judge(const struct kg_received *received)
{
	return received->broken	    ? KG_WHY_BAD_CROSSWALK
	       : received->missing  ? KG_WHY_MISSING
	       : received->negative ? KG_WHY_NEGATIVE
	       : received->unknown  ? KG_WHY_UNKNOWN_SHARE
	       : received->bounded  ? KG_WHY_BOUND
				    : KG_WHY_NONE;
}

static bool is_usable(enum kg_why why)
{
	return why != KG_WHY_MISSING && why != KG_WHY_NEGATIVE && why != KG_WHY_BAD_CROSSWALK;
}

static double find_share(const struct kg_received *received)
{
	return received->value != 0 ? (double)(received->apportioned / received->value) : 0;
}

static void add_value(struct kg_row row, const struct kg_column *column, const struct kg_received *received,
		      struct kg_rows *rows)
{
	row.term = kg_term_none(column->name, column->unit, judge(received));
	row.n = (double)received->units;
	row.n_missing = (double)received->missing;
	if (is_usable(row.term.why)) {
		row.term.estimate = (double)received->value;
		row.own[OWN_SHARE].real = find_share(received);
		if (received->bounded) {
			row.term.bound_low = (double)received->low;
			row.term.bound_high = (double)received->high;
		}
	}
	kg_rows_add(rows, &row);
}

/* What holds for a quotient: what makes it impossible first, then the graver warning. */
static enum kg_why join_whys(enum kg_why count, enum kg_why population)
{
	if (!is_usable(count) || !is_usable(population))
		return is_usable(count) ? population : count;
	return count == KG_WHY_UNKNOWN_SHARE || population == KG_WHY_NONE ? count : population;
}

/* A rate of sums; its apportioned share is the larger of both. */
static void add_rate(const struct kg_harmonise_run *run, struct kg_row row, const struct kg_harmonise_rate *rate,
		     const struct kg_received *count, const struct kg_received *population, struct kg_rows *rows)
{
	double multiplier = run->options->multiplier;

	row.term = kg_term_none(rate->term, rate->unit, join_whys(judge(count), judge(population)));
	row.n = (double)population->units;
	row.n_missing = (double)(count->missing + population->missing);
	if (is_usable(row.term.why) && !(population->value > 0))
		row.term.why = KG_WHY_ZERO_DENOMINATOR;
	else if (is_usable(row.term.why)) {
		row.term.estimate = (double)(multiplier * count->value / population->value);
		row.own[OWN_SHARE].real = fmax(find_share(count), find_share(population));
		if (count->bounded || population->bounded) {
			row.term.bound_low = (double)(multiplier * count->low / population->high);
			row.term.bound_high = (double)(multiplier * count->high / population->low);
		}
	}
	kg_rows_add(rows, &row);
}

/* A row of the data whose unit has no match: named, so that its value is not lost in silence. */
static void add_unmatched(const struct kg_harmonise_run *run, const struct kg_column *column, size_t at,
			  struct kg_arena *scratch, struct kg_rows *rows)
{
	struct kg_row row = { .term = kg_term_none(column->name, column->unit, KG_WHY_NO_MATCH),
			      .method = "apportion",
			      .n_missing = 1 };

	if (run->unit[at] != KG_NO_NAME && run->crosswalk.fault[run->unit[at]].kind != KG_FAULT_NONE)
		row.term.why = KG_WHY_BAD_CROSSWALK;
	row.own[OWN_UNIT].text = kg_column_cell(run->id, at, scratch);
	row.own[OWN_SHARE].real = NAN;
	kg_rows_add(rows, &row);
}

/* New units miss the old ones that are valid in this group but have no row in it. */
static enum kg_status count_absent(const struct kg_harmonise_run *run, size_t group, long day, struct kg_arena *scratch,
				   struct kg_received *received, struct kg_error *error)
{
	const struct kg_crosswalk *crosswalk = &run->crosswalk;
	bool *seen = KG_ARRAY(scratch, bool, crosswalk->nold + 1);

	if (!seen)
		return kg_error_memory(error);
	for (size_t i = run->groups.start[group]; i < run->groups.start[group + 1]; i++) {
		uint32_t row = run->groups.row[i];
		size_t unit = run->unit[row];

		if (unit == KG_NO_NAME)
			continue;
		if (seen[unit])
			return kg_error_cell(error, KG_EDATA, run->table->from->file, kg_table_line(run->table, row),
					     run->id->name,
					     "unit '%s' stands twice; name further --by columns or an --aggregate",
					     kg_name_set_name(crosswalk->old_names, unit));
		seen[unit] = true;
	}
	for (size_t unit = 0; unit < crosswalk->nnew; unit++)
		received[unit].broken = crosswalk->broken[unit];
	for (size_t unit = 0; unit < crosswalk->nold; unit++) {
		size_t at = seen[unit] ? SIZE_MAX : kg_crosswalk_find(crosswalk, unit, day);

		for (size_t k = 0; at != SIZE_MAX && k < crosswalk->extent[at].count; k++)
			received[crosswalk->link[crosswalk->extent[at].first + k].to].missing++;
	}
	return KG_OK;
}

/* What each new unit receives of value v of one group. */
static void carry_value(const struct kg_harmonise_run *run, size_t v, size_t group, double *part,
			struct kg_received *received)
{
	for (size_t i = run->groups.start[group]; i < run->groups.start[group + 1]; i++)
		if (run->extent_of[run->groups.row[i]] != SIZE_MAX)
			kg_harmonise_carry(run, run->value[v], run->groups.row[i], part, received);
}

static void add_rows(const struct kg_harmonise_run *run, size_t group, const char *const *event,
		     struct kg_received *const *received, struct kg_rows *rows, struct kg_arena *scratch)
{
	for (size_t v = 0; v < run->options->value.count; v++) {
		for (size_t unit = 0; unit < run->crosswalk.nnew; unit++)
			add_value(start_row(run, unit, event[unit]), run->value[v], &received[v][unit], rows);
		for (size_t i = run->groups.start[group]; i < run->groups.start[group + 1]; i++)
			if (run->extent_of[run->groups.row[i]] == SIZE_MAX)
				add_unmatched(run, run->value[v], run->groups.row[i], scratch, rows);
	}
	for (size_t r = 0; r < run->nrate; r++)
		for (size_t unit = 0; unit < run->crosswalk.nnew; unit++)
			add_rate(run, start_row(run, unit, event[unit]), &run->rate[r],
				 &received[run->rate[r].count][unit], &received[run->rate[r].population][unit], rows);
}

static enum kg_status work(void *context, size_t group, struct kg_arena *scratch, struct kg_rows *rows,
			   struct kg_error *error)
{
	const struct kg_harmonise_run *run = context;
	size_t nnew = run->crosswalk.nnew, nvalue = run->options->value.count;
	long day = run->day ? run->day[run->groups.row[run->groups.start[group]]] : KG_ANY_DAY;
	const char *const *event = kg_harmonise_events(&run->crosswalk, day, scratch);
	double *part = KG_ARRAY(scratch, double, nnew + 1);
	struct kg_received **received = KG_ARRAY(scratch, struct kg_received *, nvalue);

	if (!event || !part || !received)
		return kg_error_memory(error);
	for (size_t v = 0; v < nvalue; v++) {
		received[v] = KG_ARRAY(scratch, struct kg_received, nnew + 1);
		if (!received[v])
			return kg_error_memory(error);
		KG_TRY(count_absent(run, group, day, scratch, received[v], error));
		carry_value(run, v, group, part, received[v]);
	}
	add_rows(run, group, event, received, rows, scratch);
	return KG_OK;
}

static enum kg_status run_harmonise(const void *options, const struct kg_table *const *in, size_t nin,
				    struct kg_context *context, struct kg_result **result, struct kg_error *error)
{
	struct kg_harmonise_run run = { .options = options, .context = context };
	const struct kg_own own[OWN_COUNT] = { [OWN_UNIT] = { run.options->id, KG_TEXT, NULL },
					       [OWN_SHARE] = { "apportioned_share", KG_REAL, NULL },
					       [OWN_EVENT] = { "event", KG_TEXT, NULL } };
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
	KG_TRY(kg_harmonise_open(&run, in[0], error));
	KG_TRY(kg_tidy_run(&plan, context->arena, &table, error));
	*result = kg_result_new(table, context->arena);
	if (!*result)
		return kg_error_memory(error);
	kg_result_title(*result, context->arena, "%zu old units carried to %zu new ones", run.crosswalk.nold,
			run.crosswalk.nnew);
	kg_harmonise_remark(&run, *result);
	return KG_OK;
}

const struct kg_program kg_program_harmonise = {
	.name = "harmonise",
	.summary = "values carried from old units to new ones when boundaries change",
	.detail =
	    "One row per new unit (and period of --time, and group of --by). Counts add; --rate rebuilds rates from "
	    "the "
	    "carried counts. The crosswalk has one line per old and new unit with the share that went there; a unit "
	    "with one line goes over whole; shares that are not known become bounds. Its columns valid_from and "
	    "valid_to (periods, both inclusive, empty = open) say when a line holds. apportioned_share is the part of "
	    "the value that came from units that were split: 0 for renamed and merged units; event says what became of "
	    "the new unit: rename, merge, split, transfer, empty = as before. Units are matched by name or code, in "
	    "any "
	    "spelling; totals before and after are always said.",
	.option = option,
	.noption = sizeof option / sizeof option[0],
	.options_size = sizeof(struct kg_harmonise_options),
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.run = run_harmonise,
};
