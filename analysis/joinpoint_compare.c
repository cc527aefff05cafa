#include <string.h>

#include "report/label.h"
#include "joinpoint.h"
#include "report/tidy.h"
#include "stats/joinpoint_pair.h"

enum { OWN_GROUP, OWN_REFERENCE, OWN_FROM, OWN_TO, OWN_JOINPOINTS, OWN_COUNT };

struct comparison {
	struct kg_joinpoint_run *run;
	struct kg_groups place;		/* by --by */
	const struct kg_column *column; /* --compare */
	size_t *member;			/* series of the source, place after place */
	size_t *start;			/* of each place in `member`, one more than places */
};

/* One series between breaks, on the scale of the fit. */
struct side {
	struct kg_series part;
	struct kg_joinpoint_options options;
	struct kg_joinpoint_series series;
	struct kg_joinpoint_model model;
	bool there;
};

static enum kg_status find_members(struct comparison *comparison, struct kg_arena *arena, struct kg_error *error)
{
	const struct kg_groups *all = &comparison->run->source.groups, *place = &comparison->place;
	uint32_t *of_row = KG_ARRAY(arena, uint32_t, comparison->run->source.table->nrow);
	size_t count = 0;

	comparison->member = KG_ARRAY(arena, size_t, all->ngroup + 1);
	comparison->start = KG_ARRAY(arena, size_t, place->ngroup + 1);
	if (!of_row || !comparison->member || !comparison->start)
		return kg_error_memory(error);
	for (size_t g = 0; g < place->ngroup; g++)
		for (size_t i = place->start[g]; i < place->start[g + 1]; i++)
			of_row[place->row[i]] = (uint32_t)g;
	for (size_t g = 0; g < place->ngroup; g++) {
		for (size_t m = 0; m < all->ngroup; m++)
			if (of_row[all->row[all->start[m]]] == g)
				comparison->member[count++] = m;
		comparison->start[g + 1] = count;
	}
	return KG_OK;
}

static const char *name_member(const struct comparison *comparison, size_t member, struct kg_arena *scratch)
{
	const struct kg_groups *all = &comparison->run->source.groups;

	return kg_column_cell(comparison->column, all->row[all->start[member]], scratch);
}

/* The part of a series that lies in an epoch between breaks, with its own model. False when memory is out. */
static bool open_side(const struct comparison *comparison, size_t member, uint32_t epoch, struct kg_arena *scratch,
		      struct side *side)
{
	const struct kg_joinpoint_run *run = comparison->run;
	struct kg_params params = run->params;
	struct kg_series series;

	*side = (struct side){ .there = false };
	if (!kg_series_make(&run->source, member, scratch, &series))
		return false;
	for (size_t s = 0; s < kg_series_segments(&series) && !side->there; s++) {
		if (!kg_series_part(&series, s, scratch, &side->part))
			return false;
		side->there = side->part.sample.n && kg_series_epoch(&run->source, side->part.x[0]) == epoch;
	}
	if (!side->there)
		return true;
	side->options = kg_joinpoint_for(run, &side->part);
	params.own = &side->options;
	params.stream = (uint32_t)member;
	if (!kg_joinpoint_series_make(&side->part.sample, &side->options, scratch, &side->series))
		return false;
	if (side->part.sample.n < kg_stat_find("joinpoint-pair", "coincidence")->min_n)
		side->series.why = KG_WHY_TOO_FEW;
	return side->series.why != KG_WHY_NONE || kg_joinpoint_choose(&side->series, &params, scratch, &side->model);
}

static struct kg_term write_test(const struct comparison *comparison, const struct side side[2], bool parallel,
				 const struct kg_joinpoint_pair_test *test)
{
	bool log = comparison->run->options.scale != KG_SCALE_LINEAR;
	struct kg_term term = kg_term_new(parallel ? "parallelism" : "coincidence", parallel && log ? "%" : NULL);

	for (size_t s = 0; s < 2; s++)
		term.why = side[s].series.why != KG_WHY_NONE ? side[s].series.why : term.why;
	if (term.why == KG_WHY_NONE && (side[0].series.exact || side[1].series.exact || !(test->df > 0)))
		term.why = test->df > 0 ? KG_WHY_EXACT_FIT : KG_WHY_TOO_FEW;
	if (term.why != KG_WHY_NONE)
		return term;
	if (parallel)
		term.estimate = log ? 100 * expm1(test->shift) : test->shift;
	term.statistic = test->statistic;
	term.df = test->df;
	term.p_value = test->p_value;
	return term;
}

static bool run_test(const struct comparison *comparison, const struct side side[2], bool parallel, uint32_t stream,
		     struct kg_arena *scratch, struct kg_joinpoint_pair_test *test)
{
	size_t one = side[0].model.placement.k, two = side[1].model.placement.k;
	const struct kg_joinpoint_rules *rules[] = { &side[0].series.rules, &side[1].series.rules };
	struct kg_params params = comparison->run->params;
	struct kg_joinpoint_pair pair = { { &side[0].series.points, &side[1].series.points },
					  *rules[rules[1]->most < rules[0]->most],
					  parallel };
	size_t least = one > two ? one : two;

	*test = (struct kg_joinpoint_pair_test){ .df = 1 };
	if (side[0].series.why != KG_WHY_NONE || side[1].series.why != KG_WHY_NONE || side[0].series.exact ||
	    side[1].series.exact)
		return true;
	params.own = &side[0].options;
	params.stream = stream;
	return kg_joinpoint_pair_run(&pair, least > pair.rules.most ? pair.rules.most : least, &params, scratch, test);
}

static enum kg_status add_tests(const struct comparison *comparison, const size_t member[2], const struct side side[2],
				struct kg_arena *scratch, struct kg_rows *rows)
{
	const struct kg_names *method = &comparison->run->command->method;
	const size_t ngroup = comparison->run->source.groups.ngroup;

	for (size_t m = 0; m < 2; m++) {
		const char *id = m ? "parallelism" : "coincidence";
		bool wanted = method->count == 0, parallel = m == 1;
		struct kg_row row = { .method = id };
		struct kg_joinpoint_pair_test test;

		for (size_t i = 0; i < method->count; i++)
			wanted |= strcmp(method->name[i], id) == 0;
		if (!wanted)
			continue;
		if (!run_test(comparison, side, parallel, (uint32_t)(member[0] * ngroup + member[1]), scratch, &test))
			return KG_ENOMEM;
		row.term = write_test(comparison, side, parallel, &test);
		row.n = (double)(side[0].part.sample.n + side[1].part.sample.n);
		row.n_missing = (double)(side[0].part.n_missing + side[1].part.n_missing);
		row.own[OWN_GROUP].text = name_member(comparison, member[1], scratch);
		row.own[OWN_REFERENCE].text = name_member(comparison, member[0], scratch);
		row.own[OWN_FROM].text = kg_series_label(&comparison->run->source, &side[0].part, 0, scratch);
		row.own[OWN_TO].text =
		    kg_series_label(&comparison->run->source, &side[0].part, side[0].part.sample.n - 1, scratch);
		row.own[OWN_JOINPOINTS].real = isnan(row.term.p_value) ? NAN : (double)test.joinpoints;
		kg_rows_add(rows, &row);
	}
	return kg_arena_failed(scratch) ? KG_ENOMEM : KG_OK;
}

static enum kg_status compare_members(const struct comparison *comparison, const size_t member[2],
				      struct kg_arena *scratch, struct kg_rows *rows)
{
	for (uint32_t epoch = 0; epoch <= comparison->run->source.nbreak; epoch++) {
		struct kg_arena_mark mark = kg_arena_mark(scratch);
		struct side side[2];

		if (!open_side(comparison, member[0], epoch, scratch, &side[0]) ||
		    !open_side(comparison, member[1], epoch, scratch, &side[1]))
			return KG_ENOMEM;
		if (side[0].there && side[1].there)
			KG_TRY(add_tests(comparison, member, side, scratch, rows));
		kg_arena_rewind(scratch, mark);
	}
	return KG_OK;
}

static enum kg_status work(void *context, size_t group, struct kg_arena *scratch, struct kg_rows *rows,
			   struct kg_error *error)
{
	const struct comparison *comparison = context;

	for (size_t i = comparison->start[group]; i < comparison->start[group + 1]; i++)
		for (size_t j = i + 1; j < comparison->start[group + 1]; j++) {
			const size_t member[] = { comparison->member[i], comparison->member[j] };

			if (compare_members(comparison, member, scratch, rows) != KG_OK)
				return kg_error_memory(error);
		}
	return KG_OK;
}

static enum kg_status check_options(const struct kg_joinpoint_run *run, struct kg_error *error)
{
	const struct kg_names *method = &run->command->method;

	for (size_t i = 0; i < method->count; i++)
		if (strcmp(method->name[i], "joinpoint") == 0)
			return kg_error_set(
			    error, KG_EUSAGE,
			    "--method joinpoint fits each series and takes no --compare; call it by itself");
	if (run->options.jumps || run->options.autocorrelation != 0)
		return kg_error_set(error, KG_EUSAGE, "--compare does not go with --jump or --autocorrelation");
	return KG_OK;
}

static enum kg_status open_comparison(struct comparison *comparison, const struct kg_table *table,
				      struct kg_context *context, struct kg_error *error)
{
	struct kg_joinpoint_run *run = comparison->run;
	const char **keys = KG_ARRAY(context->arena, const char *, context->by.count + 1);

	if (!keys)
		return kg_error_memory(error);
	for (size_t i = 0; i < context->by.count; i++) {
		keys[i] = context->by.name[i];
		if (strcmp(keys[i], run->command->compare) == 0)
			return kg_error_set(
			    error, KG_EUSAGE,
			    "--compare tests the series of '%s' against each other; leave it out of --by", keys[i]);
	}
	keys[context->by.count] = run->command->compare;
	KG_TRY(kg_joinpoint_open(run, table, &(struct kg_names){ keys, context->by.count + 1 }, context->arena, error));
	KG_TRY(kg_table_column(table, run->command->compare, &comparison->column, error));
	KG_TRY(kg_groups_make(table, &context->by, context->arena, &comparison->place, error));
	KG_TRY(check_options(run, error));
	return find_members(comparison, context->arena, error);
}

enum kg_status kg_joinpoint_compare_all(struct kg_joinpoint_run *run, const struct kg_table *table,
					struct kg_context *context, struct kg_result **result, struct kg_error *error)
{
	struct comparison comparison = { .run = run };
	const struct kg_own own[OWN_COUNT] = { [OWN_GROUP] = { run->command->compare, KG_TEXT, NULL },
					       [OWN_REFERENCE] = { "reference", KG_TEXT, NULL },
					       [OWN_FROM] = { "from", KG_TEXT, NULL },
					       [OWN_TO] = { "to", KG_TEXT, NULL },
					       [OWN_JOINPOINTS] = { "joinpoints", KG_INTEGER, NULL } };
	const struct kg_tidy_plan plan = { .name = "joinpoint",
					   .table = table,
					   .groups = &comparison.place,
					   .own = own,
					   .nown = OWN_COUNT,
					   .conf_level = context->conf_level,
					   .threads = context->threads,
					   .work = work,
					   .context = &comparison };
	const struct kg_table *out;

	KG_TRY(open_comparison(&comparison, table, context, error));
	KG_TRY(kg_tidy_run(&plan, context->arena, &out, error));
	*result = kg_result_new(out, context->arena);
	if (!*result)
		return kg_error_memory(error);
	kg_result_title(*result, context->arena, "Comparison of the trends of %s",
			kg_label_column(run->source.value, context->arena));
	kg_result_remark(*result, context->arena, "Permutation tests: %zu draws, seed %llu.",
			 run->params.permutations ? run->params.permutations : KG_JOINPOINT_DRAWS,
			 (unsigned long long)run->params.seed);
	kg_series_describe(&run->source, &context->by, *result, context->arena);
	(*result)->picture.group = run->command->compare;
	return KG_OK;
}
