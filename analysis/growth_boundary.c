#include <string.h>

#include "report/label.h"
#include "growth.h"
#include "harmonise_crosswalk.h"
#include "stats/apportion.h"
#include "stats/decompose_boundary.h"

enum { OWN_UNIT, OWN_FROM, OWN_TO, OWN_COUNT };

struct run {
	const struct kg_context *context;
	const struct kg_table *table;
	const struct kg_column *id, *value;
	struct kg_time time;
	struct kg_groups groups; /* by all --by columns but the last, which names the unit */
	struct kg_crosswalk crosswalk;
	const size_t *old, *new; /* of a row: the unit it would be before and after; KG_NO_NAME = none of that name */
	size_t *self;		 /* of a new unit: the old one it carries on, KG_NO_NAME = none */
	bool *carried_on;	 /* of an old unit: some new one carries it on */
};

/* One unit while its rows are read. */
struct unit {
	struct kg_redrawn parts;
	bool before, after; /* has a first, a last value */
	bool touched;	    /* first values came to it */
	bool missing, unknown;
	bool broken; /* its lines in the crosswalk contradict one another */
};

static struct kg_range take_range(const struct kg_column *column, size_t row)
{
	double value = column->real[row];

	return (struct kg_range){ value, column->low ? column->low[row] : value,
				  column->high ? column->high[row] : value };
}

static void add_range(struct kg_range *to, const struct kg_range *from, double part, const struct kg_link *link)
{
	bool exact = from->low == from->high && link->low == link->high;

	to->value += part;
	to->low += exact ? part : from->low * link->low;
	to->high += exact ? part : from->high * link->high;
}

static enum kg_status refuse_twice(const struct run *run, size_t row, struct kg_error *error)
{
	return kg_error_cell(error, KG_EDATA, run->table->from->file, kg_table_line(run->table, row), run->id->name,
			     "the unit stands twice in one period; name further columns before it in --by, or an "
			     "--aggregate");
}

/* A first value goes to the new units by the crosswalk; `ended` collects the old units that nobody carries on. */
static enum kg_status spread_row(const struct run *run, size_t row, struct unit *unit, struct unit *ended, double *part,
				 struct kg_error *error)
{
	const struct kg_crosswalk *crosswalk = &run->crosswalk;
	size_t old = run->old[row];
	long day = kg_period_last_day(run->time.kind, run->time.index[row]);
	size_t at = old == KG_NO_NAME ? SIZE_MAX : kg_crosswalk_find(crosswalk, old, day);
	bool missing = kg_column_missing(run->value, row);
	struct kg_range whole = missing ? (struct kg_range){ 0, 0, 0 } : take_range(run->value, row);
	const struct kg_extent *extent;

	if (at == SIZE_MAX)
		return KG_OK;
	extent = &crosswalk->extent[at];
	if (ended[old].before)
		return refuse_twice(run, row, error);
	ended[old].before = true;
	ended[old].parts.before = whole;
	ended[old].missing = missing;
	kg_apportion(whole.value, &crosswalk->share[extent->first], extent->count, true, part);
	for (size_t k = 0; k < extent->count; k++) {
		const struct kg_link *link = &crosswalk->link[extent->first + k];
		struct unit *to = &unit[link->to];

		to->touched = true;
		to->missing |= missing;
		to->unknown |= link->low != link->high;
		if (run->self[link->to] == old) {
			to->parts.kept_low = link->low;
			to->parts.kept_high = link->high;
		}
		add_range(run->self[link->to] == old ? &to->parts.kept : &to->parts.gained, &whole, part[k], link);
	}
	return KG_OK;
}

/* What came from old units without a first value is not known. */
static void mark_absent(const struct run *run, long day, const struct unit *old, struct unit *unit)
{
	const struct kg_crosswalk *crosswalk = &run->crosswalk;

	for (size_t u = 0; u < crosswalk->nold; u++) {
		size_t at = old[u].before ? SIZE_MAX : kg_crosswalk_find(crosswalk, u, day);

		for (size_t k = 0; at != SIZE_MAX && k < crosswalk->extent[at].count; k++)
			unit[crosswalk->link[crosswalk->extent[at].first + k].to].missing = true;
	}
}

/* What has a part of a faulty unit has no figure. */
static void mark_broken(const struct run *run, struct unit *unit)
{
	for (size_t u = 0; u < run->crosswalk.nnew; u++) {
		unit[u].broken = run->crosswalk.broken[u];
		unit[u].missing |= unit[u].broken;
	}
}

static enum kg_status read_last(const struct run *run, size_t row, struct unit *unit, struct kg_error *error)
{
	struct unit *to = &unit[run->new[row]];

	if (run->new[row] == KG_NO_NAME)
		return KG_OK;
	if (to->after)
		return refuse_twice(run, row, error);
	to->after = true;
	if (kg_column_missing(run->value, row))
		to->missing = true;
	else
		to->parts.after = take_range(run->value, row);
	return KG_OK;
}

/* The four terms of a unit, or one row that says why there are none. */
static void add_unit(const struct run *run, const struct unit *unit, struct kg_row *row, struct kg_rows *rows)
{
	const struct kg_redrawn *parts = &unit->parts;
	bool bounded = parts->before.low != parts->before.high || parts->gained.low != parts->gained.high ||
		       parts->after.low != parts->after.high;
	struct kg_term term[KG_REDRAWN_TERMS];

	row->method = "decompose-boundary";
	row->n = (double)unit->before + (double)unit->after;
	row->n_missing = unit->missing || !unit->after;
	if (unit->missing || !unit->after) {
		row->term =
		    kg_term_none("change", run->value->unit, unit->broken ? KG_WHY_BAD_CROSSWALK : KG_WHY_MISSING);
		kg_rows_add(rows, row);
		return;
	}
	kg_decompose_boundary(parts, term);
	for (size_t k = 0; k < KG_REDRAWN_TERMS; k++) {
		row->term = term[k];
		if (!row->term.unit)
			row->term.unit = run->value->unit;
		if (row->term.why == KG_WHY_NONE)
			row->term.why = unit->unknown ? KG_WHY_UNKNOWN_SHARE : bounded ? KG_WHY_BOUND : KG_WHY_NONE;
		kg_rows_add(rows, row);
	}
}

/* Nothing is lost between units: all that was before is within the new boundaries of some unit. */
static void add_to_total(struct unit *total, const struct unit *unit)
{
	static const struct kg_link whole = { .low = 1, .high = 1 };

	add_range(&total->parts.before, &unit->parts.before, unit->parts.before.value, &whole);
	add_range(&total->parts.after, &unit->parts.after, unit->parts.after.value, &whole);
	total->parts.kept = total->parts.before;
	total->before |= unit->before;
	total->after |= unit->after;
	total->missing |= unit->missing || !unit->after;
}

static void add_units(const struct run *run, struct unit *unit, struct unit *old, struct kg_row *row,
		      struct kg_rows *rows)
{
	const struct kg_crosswalk *crosswalk = &run->crosswalk;
	struct unit total = { .parts.kept_low = 1, .parts.kept_high = 1 };

	for (size_t u = 0; u < crosswalk->nnew; u++) {
		size_t self = run->self[u];

		if (!unit[u].touched && !unit[u].after)
			continue;
		if (self != KG_NO_NAME && old[self].before) {
			unit[u].before = true;
			unit[u].missing |= old[self].missing;
			unit[u].parts.before = old[self].parts.before;
		}
		row->own[OWN_UNIT].text = kg_name_set_name(crosswalk->new_names, u);
		add_unit(run, &unit[u], row, rows);
		add_to_total(&total, &unit[u]);
	}
	for (size_t u = 0; u < crosswalk->nold; u++) {
		if (run->carried_on[u] || !old[u].before)
			continue;
		old[u].after = true; /* nothing is left of it */
		row->own[OWN_UNIT].text = kg_name_set_name(crosswalk->old_names, u);
		add_unit(run, &old[u], row, rows);
		add_to_total(&total, &old[u]);
	}
	row->own[OWN_UNIT].text = NULL;
	add_unit(run, &total, row, rows);
}

static bool is_unmatched(const struct run *run, size_t row, long first, long last)
{
	long period = run->time.index[row];
	size_t old = run->old[row];

	if (period == last)
		return run->new[row] == KG_NO_NAME;
	return period == first &&
	       (old == KG_NO_NAME ||
		kg_crosswalk_find(&run->crosswalk, old, kg_period_last_day(run->time.kind, first)) == SIZE_MAX);
}

/* A row whose unit is in no crosswalk is named. */
static void add_unmatched(const struct run *run, size_t at, struct kg_row *row, struct kg_arena *scratch,
			  struct kg_rows *rows)
{
	bool faulty = run->old[at] != KG_NO_NAME && run->crosswalk.fault[run->old[at]].kind != KG_FAULT_NONE;

	row->term = kg_term_none("change", run->value->unit, faulty ? KG_WHY_BAD_CROSSWALK : KG_WHY_NO_MATCH);
	row->own[OWN_UNIT].text = kg_column_cell(run->id, at, scratch);
	row->n = 0;
	row->n_missing = 1;
	kg_rows_add(rows, row);
}

/* The first or the last period of a group. */
static long find_period(const struct run *run, size_t group, bool first)
{
	const long *index = run->time.index;
	long found = index[run->groups.row[run->groups.start[group]]];

	for (size_t i = run->groups.start[group]; i < run->groups.start[group + 1]; i++) {
		long period = index[run->groups.row[i]];

		if (first ? period < found : period > found)
			found = period;
	}
	return found;
}

static enum kg_status work(void *context, size_t group, struct kg_arena *scratch, struct kg_rows *rows,
			   struct kg_error *error)
{
	const struct run *run = context;
	size_t start = run->groups.start[group], end = run->groups.start[group + 1];
	const uint32_t *at = run->groups.row;
	long first = find_period(run, group, true), last = find_period(run, group, false);
	struct unit *unit = KG_ARRAY(scratch, struct unit, run->crosswalk.nnew + 1);
	struct unit *old = KG_ARRAY(scratch, struct unit, run->crosswalk.nold + 1);
	double *part = KG_ARRAY(scratch, double, run->table->nrow + run->crosswalk.nnew);
	char from[32], to[32];
	struct kg_row row = { .method = "decompose-boundary" };

	if (!unit || !old || !part)
		return kg_error_memory(error);
	kg_period_text(run->time.kind, first, from, sizeof from);
	kg_period_text(run->time.kind, last, to, sizeof to);
	row.own[OWN_FROM].text = from;
	row.own[OWN_TO].text = to;
	if (first == last) {
		row.term = kg_term_none("change", run->value->unit, KG_WHY_TOO_FEW);
		kg_rows_add(rows, &row);
		return KG_OK;
	}
	for (size_t i = start; i < end; i++) {
		if (run->time.index[at[i]] == first)
			KG_TRY(spread_row(run, at[i], unit, old, part, error));
		if (run->time.index[at[i]] == last)
			KG_TRY(read_last(run, at[i], unit, error));
	}
	mark_absent(run, kg_period_last_day(run->time.kind, first), old, unit);
	mark_broken(run, unit);
	add_units(run, unit, old, &row, rows);
	for (size_t i = start; i < end; i++)
		if (is_unmatched(run, at[i], first, last))
			add_unmatched(run, at[i], &row, scratch, rows);
	return KG_OK;
}

/* A new unit carries on the old one of its name, or the only one it comes from, whole, whose name is gone (a rename).
 */
static enum kg_status match_units(struct run *run, struct kg_error *error)
{
	const struct kg_crosswalk *crosswalk = &run->crosswalk;
	size_t *sources = KG_ARRAY(run->context->arena, size_t, crosswalk->nnew + 1);

	run->self = KG_ARRAY(run->context->arena, size_t, crosswalk->nnew + 1);
	run->carried_on = KG_ARRAY(run->context->arena, bool, crosswalk->nold + 1);
	if (!sources || !run->self || !run->carried_on)
		return kg_error_memory(error);
	for (size_t k = 0; k < crosswalk->table->nrow; k++)
		sources[crosswalk->link[k].to]++;
	for (size_t u = 0; u < crosswalk->nnew; u++)
		run->self[u] = kg_name_set_find(crosswalk->old_names, kg_name_set_name(crosswalk->new_names, u));
	for (size_t e = 0; e < crosswalk->nextent; e++) {
		const struct kg_extent *extent = &crosswalk->extent[e];
		const struct kg_link *link = &crosswalk->link[extent->first];
		const char *name = kg_name_set_name(crosswalk->old_names, extent->unit);

		if (extent->count == 1 && sources[link->to] == 1 && run->self[link->to] == KG_NO_NAME &&
		    kg_name_set_find(crosswalk->new_names, name) == KG_NO_NAME)
			run->self[link->to] = extent->unit;
	}
	for (size_t u = 0; u < crosswalk->nnew; u++)
		if (run->self[u] != KG_NO_NAME)
			run->carried_on[run->self[u]] = true;
	return KG_OK;
}

static enum kg_status open_run(struct run *run, const struct kg_growth_options *options, struct kg_error *error)
{
	const struct kg_names *by = &run->context->by;
	struct kg_arena *arena = run->context->arena;
	struct kg_crosswalk_columns columns = { "from", "to", NULL };
	const char *const *name = NULL;
	size_t count = kg_text_split(options->crosswalk_columns, ',', arena, &name);

	if (!by->count || options->population)
		return kg_error_set(error, KG_EUSAGE,
				    options->population
					? "'--decompose-boundary' splits a change of counts and takes no --population"
					: "'--decompose-boundary' needs the column of the units; name it last in --by");
	if (count < 2 || count > 3)
		return kg_error_set(error, KG_EUSAGE,
				    "'%s' is no value for '--crosswalk-columns'; write FROM,TO or FROM,TO,SHARE",
				    options->crosswalk_columns);
	columns = (struct kg_crosswalk_columns){ name[0], name[1], count > 2 ? name[2] : NULL };
	KG_TRY(kg_table_column(run->table, by->name[by->count - 1], &run->id, error));
	KG_TRY(kg_table_number(run->table, options->value, &run->value, error));
	KG_TRY(kg_time_read(run->table, options->time, arena, &run->time, error));
	KG_TRY(kg_crosswalk_make(options->crosswalk.table, &columns, arena, &run->crosswalk, error));
	KG_TRY(kg_groups_make(run->table, &(struct kg_names){ by->name, by->count - 1 }, arena, &run->groups, error));
	run->old = kg_name_set_column(run->crosswalk.old_names, run->id, run->table->nrow, false, NULL);
	run->new = kg_name_set_column(run->crosswalk.new_names, run->id, run->table->nrow, false, NULL);
	return run->old && run->new ? match_units(run, error) : kg_error_memory(error);
}

enum kg_status kg_growth_decompose(const struct kg_growth_options *options, const struct kg_table *table,
				   const struct kg_context *context, struct kg_result **result, struct kg_error *error)
{
	struct run run = { .context = context, .table = table };
	struct kg_own own[OWN_COUNT] = { [OWN_FROM] = { "from", KG_TEXT, NULL }, [OWN_TO] = { "to", KG_TEXT, NULL } };
	const struct kg_table *rows;

	KG_TRY(open_run(&run, options, error));
	own[OWN_UNIT] = (struct kg_own){ run.id->name, KG_TEXT, NULL };
	struct kg_tidy_plan plan = { .name = "growth",
				     .table = table,
				     .groups = &run.groups,
				     .own = own,
				     .nown = OWN_COUNT,
				     .conf_level = context->conf_level,
				     .threads = context->threads,
				     .work = work,
				     .context = &run };
	KG_TRY(kg_tidy_run(&plan, context->arena, &rows, error));
	*result = kg_result_new(rows, context->arena);
	if (!*result)
		return kg_error_memory(error);
	kg_result_title(*result, context->arena, "Change of '%s': redrawing and real change",
			kg_label_column(run.value, context->arena));
	kg_crosswalk_remark(&run.crosswalk, *result, context->arena);
	kg_result_remark(
	    *result, context->arena,
	    "boundary_change + real_change = change; what moved is valued at the first period. The row without "
	    "a unit is the total, in which the boundary changes cancel.");
	return KG_OK;
}
