#include <string.h>

#include "report/label.h"
#include "base/name.h"
#include "participation_total.h"
#include "report/tidy.h"
#include "stats/pair.h"
#include "table/name_set.h"

struct options {
	const char *count, *population, *group, *reference, *as;
	struct kg_names method;
	double multiplier;
};

#define OPTION(field_name) offsetof(struct options, field_name)

static const char *const kinds[] = { "proportion", "rate", NULL };

static const struct kg_option option[] = {
	{ .name = "count",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .required = true,
	  .help = "what is counted",
	  .field = OPTION(count) },
	{ .name = "population",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_VALUE,
	  .required = true,
	  .help = "denominator: of which the count is a part, or the population at risk with --as rate",
	  .field = OPTION(population) },
	{ .name = "group",
	  .argument = "COL",
	  .kind = KG_OPTION_COLUMN,
	  .role = KG_ROLE_KEY,
	  .required = true,
	  .help = "column that says which group a row belongs to",
	  .field = OPTION(group) },
	{ .name = "reference",
	  .argument = "VALUE",
	  .kind = KG_OPTION_TEXT,
	  .help = "the group that all others are compared with (default: the first in the file)",
	  .field = OPTION(reference) },
	{ .name = "as",
	  .argument = "KIND",
	  .fallback = "proportion",
	  .kind = KG_OPTION_CHOICE,
	  .choice = kinds,
	  .help = "what the counts and denominators make",
	  .field = OPTION(as) },
	{ .name = "multiplier",
	  .argument = "N",
	  .fallback = "1000",
	  .kind = KG_OPTION_REAL,
	  .least = 1e-9,
	  .most = 1e12,
	  .help = "differences of rates are per so many people",
	  .field = OPTION(multiplier) },
	{ .name = "method",
	  .argument = "LIST",
	  .kind = KG_OPTION_METHODS,
	  .methods_of = "compare,rate-ratio",
	  .help = "how intervals are made (default: newcombe for proportions, score for rates)",
	  .field = OPTION(method) },
};

static const struct kg_example example[] = {
	{ "Communes that attain the criterion: each district against the first",
	  "compare communes.csv --count attained --population communes --group district" },
	{ "Attendance per resident of two kinds of place, as rates",
	  "compare festivals.csv --count attendances --population population --group kind --reference rural --as "
	  "rate" },
};

enum { OWN_GROUP, OWN_REFERENCE, OWN_COUNT };

/* Places (groups of --by) and, in each, its members (values of --group) as a chain. */
struct run {
	const struct options *options;
	const struct kg_context *context;
	struct kg_counts_source source;
	const struct kg_column *group;
	struct kg_groups place, member;
	size_t *first, *next; /* of a place, of a member: number of the member + 1, 0 = none */
	const char *reference, *reference_key, *unit, *family;
	struct kg_counts_total total; /* of members */
};

static const char *name_member(const struct run *run, size_t member, struct kg_arena *arena)
{
	return kg_column_cell(run->group, run->member.row[run->member.start[member]], arena);
}

static enum kg_status chain_members(struct run *run, struct kg_arena *arena, struct kg_error *error)
{
	uint32_t *place_of = KG_ARRAY(arena, uint32_t, run->source.table->nrow);
	size_t *last = KG_ARRAY(arena, size_t, run->place.ngroup);

	run->first = KG_ARRAY(arena, size_t, run->place.ngroup);
	run->next = KG_ARRAY(arena, size_t, run->member.ngroup);
	if (!place_of || !last || !run->first || !run->next)
		return kg_error_memory(error);
	for (size_t g = 0; g < run->place.ngroup; g++)
		for (size_t i = run->place.start[g]; i < run->place.start[g + 1]; i++)
			place_of[run->place.row[i]] = (uint32_t)g;
	for (size_t m = 0; m < run->member.ngroup; m++) {
		size_t place = place_of[run->member.row[run->member.start[m]]];

		*(last[place] ? &run->next[last[place] - 1] : &run->first[place]) = m + 1;
		last[place] = m + 1;
	}
	return KG_OK;
}

static bool wants(const struct run *run, const struct kg_stat *stat)
{
	const struct kg_names *asked = &run->options->method;
	const char *first;

	if (strcmp(stat->program, run->family) != 0)
		return false;
	for (size_t i = 0; i < asked->count; i++)
		if (strcmp(asked->name[i], stat->id) == 0)
			return true;
	return !asked->count && kg_stat_ids(run->family, &first, 1) && strcmp(first, stat->id) == 0;
}

struct range {
	long double low, high;
};

/* Least and most of count / denominator; a proportion is at most 1. */
static struct range find_range(const struct run *run, const struct kg_counts *of)
{
	double most = strcmp(run->family, "compare") == 0 ? 1 : INFINITY;

	return (struct range){ of->count_low / of->denominator_high,
			       fminl(most, of->count_high / of->denominator_low) };
}

static long double take_odds(long double p)
{
	return p / (1 - p);
}

/* The sharp range: each contrast rises with the group's share and falls with the reference's. */
static void set_bounds(const struct run *run, const struct kg_counts pair[2], struct kg_term *term)
{
	struct range a = find_range(run, &pair[0]), b = find_range(run, &pair[1]);

	if (!(pair[0].bounded || pair[1].bounded) || isnan(term->estimate))
		return;
	if (strcmp(term->term, "difference") == 0) {
		double per = strcmp(run->family, "compare") == 0 ? 1 : run->options->multiplier;

		term->bound_low = (double)(per * (a.low - b.high));
		term->bound_high = (double)(per * (a.high - b.low));
	} else if (strcmp(term->term, "ratio") == 0) {
		term->bound_low = (double)(a.low / b.high);
		term->bound_high = (double)(a.high / b.low);
	} else {
		term->bound_low = (double)(take_odds(a.low) / take_odds(b.high));
		term->bound_high = (double)(take_odds(a.high) / take_odds(b.low));
	}
	term->why = KG_WHY_BOUND;
}

static enum kg_why refuse(const struct run *run, const struct kg_counts pair[2])
{
	for (int k = 0; k < 2; k++) {
		if (!pair[k].sample.n)
			return KG_WHY_MISSING;
		if (pair[k].negative)
			return KG_WHY_NEGATIVE;
		if (!(pair[k].denominator > 0))
			return KG_WHY_ZERO_DENOMINATOR;
		if (pair[k].above && strcmp(run->family, "compare") == 0)
			return KG_WHY_COUNT_ABOVE_DENOMINATOR;
	}
	return KG_WHY_NONE;
}

/* Both members of a pair that can be compared stand in a row with an estimate. */
static void keep(const struct run *run, size_t member, size_t reference, const struct kg_counts pair[2])
{
	if (refuse(run, pair) != KG_WHY_NONE)
		return;
	kg_counts_total_keep(&run->total, member, &pair[0]);
	kg_counts_total_keep(&run->total, reference, &pair[1]);
}

static void add_terms(const struct run *run, const struct kg_stat *stat, const struct kg_counts pair[2],
		      struct kg_row *row, struct kg_rows *rows)
{
	double y[] = { (double)pair[0].count, (double)pair[1].count };
	double exposure[] = { (double)pair[0].denominator, (double)pair[1].denominator };
	struct kg_sample sample = { .n = 2, .y = y, .exposure = exposure };
	struct kg_params params = { .conf_level = run->context->conf_level, .multiplier = run->options->multiplier };
	struct kg_term term[KG_ODDS_RATIO + 1];
	size_t count = stat->fit(&sample, &params, NULL, term, KG_ODDS_RATIO + 1);
	enum kg_why why = refuse(run, pair);

	row->method = stat->id;
	for (size_t k = 0; k < count; k++) {
		row->term = why == KG_WHY_NONE ? term[k] : kg_term_none(term[k].term, term[k].unit, why);
		if (!row->term.unit)
			row->term.unit = run->unit;
		set_bounds(run, pair, &row->term);
		kg_rows_add(rows, row);
	}
}

/* All methods for one member of a place against the reference (0: the place has none). */
static bool compare_member(const struct run *run, size_t member, size_t reference, struct kg_arena *scratch,
			   struct kg_rows *rows)
{
	const struct kg_groups *of = &run->member;
	struct kg_counts pair[2] = { 0 };
	struct kg_row row = { .n = 0 };
	size_t count;
	const struct kg_stat *const *stat = kg_stat_all(&count);

	row.own[OWN_GROUP].text = name_member(run, member, scratch);
	row.own[OWN_REFERENCE].text = run->reference;
	if (!kg_counts_make(&run->source, &of->row[of->start[member]], of->start[member + 1] - of->start[member],
			    scratch, &pair[0]))
		return false;
	if (reference && !kg_counts_make(&run->source, &of->row[of->start[reference - 1]],
					 of->start[reference] - of->start[reference - 1], scratch, &pair[1]))
		return false;
	row.n = (double)(pair[0].sample.n + pair[1].sample.n);
	row.n_missing = pair[0].n_missing + pair[1].n_missing;
	for (size_t i = 0; i < count; i++) {
		if (!wants(run, stat[i]))
			continue;
		if (reference) {
			keep(run, member, reference - 1, pair);
			add_terms(run, stat[i], pair, &row, rows);
			continue;
		}
		row.method = stat[i]->id;
		row.term = kg_term_none("difference", run->unit, KG_WHY_NO_REFERENCE);
		kg_rows_add(rows, &row);
	}
	return true;
}

/* The member of a place that is the reference: by its spelling, else by its name in another. 0: none. */
static size_t choose_reference(const struct run *run, size_t place, struct kg_arena *scratch)
{
	size_t respelt = 0;

	for (size_t m = run->first[place]; m; m = run->next[m - 1]) {
		const char *name = name_member(run, m - 1, scratch), *key = name ? kg_name_key(name, scratch) : NULL;

		if (kg_text_equal(name, run->reference))
			return m;
		if (!respelt && kg_text_equal(key, run->reference_key))
			respelt = m;
	}
	return respelt;
}

static enum kg_status work(void *context, size_t place, struct kg_arena *scratch, struct kg_rows *rows,
			   struct kg_error *error)
{
	const struct run *run = context;
	size_t reference = choose_reference(run, place, scratch);

	for (size_t m = run->first[place]; m; m = run->next[m - 1])
		if (m != reference && !compare_member(run, m - 1, reference, scratch, rows))
			return kg_error_memory(error);
	return KG_OK;
}

static enum kg_status find_reference(struct run *run, struct kg_arena *arena, struct kg_error *error)
{
	struct kg_name_set *names = kg_name_set_new(arena);
	const char *near;
	size_t found;

	if (!names)
		return kg_error_memory(error);
	run->reference = run->options->reference;
	if (!run->reference && run->member.ngroup)
		run->reference = name_member(run, 0, arena);
	if (!kg_name_set_column(names, run->group, run->source.table->nrow, true, NULL))
		return kg_error_memory(error);
	run->reference_key = run->reference ? kg_name_key(run->reference, arena) : "";
	if (!run->reference_key)
		return kg_error_memory(error);
	found = run->reference ? kg_name_set_find(names, run->reference) : 0;
	if (found != KG_NO_NAME)
		return KG_OK;
	near = kg_name_set_near(names, run->reference);
	return kg_error_set(error, KG_EUSAGE, "'%s' in --reference is not among the values of '%s'; %s%s%s",
			    run->reference, run->group->name, near ? "did you mean " : "name one of them",
			    near ? near : "", near ? "?" : "");
}

static enum kg_status check_methods(const struct run *run, struct kg_error *error)
{
	for (size_t i = 0; i < run->options->method.count; i++)
		if (!kg_stat_find(run->family, run->options->method.name[i]))
			return kg_error_set(error, KG_EUSAGE,
					    "'%s' is no method for a %s; 'keng compare --help' lists them, or change "
					    "'--as'",
					    run->options->method.name[i], run->options->as);
	return KG_OK;
}

static enum kg_status open_run(struct run *run, const struct kg_table *table, struct kg_error *error)
{
	const struct options *options = run->options;
	struct kg_arena *arena = run->context->arena;
	const char *const name[] = { options->count, options->population, NULL, NULL };
	const struct kg_names *by = &run->context->by;
	const char **keys = KG_ARRAY(arena, const char *, by->count + 1);

	if (!keys)
		return kg_error_memory(error);
	if (by->count)
		memcpy(keys, by->name, by->count * sizeof *keys);
	keys[by->count] = options->group;
	run->family = strcmp(options->as, "rate") == 0 ? "rate-ratio" : "compare";
	KG_TRY(check_methods(run, error));
	KG_TRY(kg_counts_open(table, name, &run->source, error));
	KG_TRY(kg_table_column(table, options->group, &run->group, error));
	KG_TRY(kg_groups_make(table, by, arena, &run->place, error));
	KG_TRY(kg_groups_make(table, &(struct kg_names){ keys, by->count + 1 }, arena, &run->member, error));
	KG_TRY(find_reference(run, arena, error));
	if (!kg_counts_total_open(&run->total, &run->source, run->member.ngroup, arena))
		return kg_error_memory(error);
	run->unit =
	    strcmp(options->as, "rate") == 0 ? kg_counts_unit(&run->source, options->multiplier, arena) : "fraction";
	return run->unit ? chain_members(run, arena, error) : kg_error_memory(error);
}

static enum kg_status run_compare(const void *options, const struct kg_table *const *in, size_t nin,
				  struct kg_context *context, struct kg_result **result, struct kg_error *error)
{
	struct run run = { .options = options, .context = context };
	const struct kg_own own[] = {
		[OWN_GROUP] = { run.options->group, KG_TEXT, NULL }, [OWN_REFERENCE] = { "reference", KG_TEXT, NULL }
	};
	const struct kg_table *table;
	struct kg_tidy_plan plan = { .name = "compare",
				     .table = in[0],
				     .groups = &run.place,
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
	kg_result_title(*result, context->arena, "Comparison of %s", kg_label_column(run.source.count, context->arena));
	kg_counts_title(&run.source, &context->by, *result, context->arena);
	kg_counts_total_say(&run.total, true, *result, context->arena);
	return kg_counts_picture(*result, &(struct kg_counts_shown){ "forest", "ratio", NULL, run.options->group },
				 context->arena, error);
}

const struct kg_program kg_program_compare = {
	.name = "compare",
	.summary = "differences and ratios of two groups' proportions or rates",
	.detail = "Each group of --group is compared with the reference: the difference (group minus reference), the "
		  "ratio and, "
		  "for proportions, the odds ratio. Rows of a group add. Whether two groups differ is seen from these "
		  "intervals, not from the overlap of the groups' own.",
	.option = option,
	.noption = sizeof option / sizeof option[0],
	.options_size = sizeof(struct options),
	.example = example,
	.nexample = sizeof example / sizeof example[0],
	.run = run_compare,
};
