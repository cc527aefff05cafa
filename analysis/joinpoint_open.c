#include <string.h>

#include "joinpoint.h"

const char *const kg_joinpoint_select_choice[] = { "wbic", "bic", "bic3", "permutation", NULL };
const char *const kg_joinpoint_model_choice[] = { "log-linear", "linear", "poisson", NULL };
const char *const kg_joinpoint_ci_choice[] = { "parametric", "delta", "empirical", NULL };

static enum kg_status read_period(const struct kg_joinpoint_run *run, const char *option, const char *text,
				  double *year, struct kg_error *error)
{
	enum kg_period_kind kind;
	long index;

	if (!kg_period_parse(text, &kind, &index, year) || kind != run->source.time.kind)
		return kg_error_set(error, KG_EUSAGE, "'%s' in --%s is no %s; write periods as in the column '%s'",
				    text, option, kg_period_noun(run->source.time.kind), run->source.time.name);
	return KG_OK;
}

/* "last:10" */
static enum kg_status read_last(const char *text, struct kg_joinpoint_range *range, struct kg_error *error)
{
	double count = 0;
	size_t length = strlen(text);

	if (kg_number_parse(text, length, '.', 0, &count) != KG_PARSED || !(count >= 2 && count <= 10000) ||
	    count != (double)(long)count)
		return kg_error_set(error, KG_EUSAGE,
				    "'last:%s' in --range is no number of periods from 2 up; write last:10", text);
	range->last = (long)count;
	return KG_OK;
}

static enum kg_status read_range(const struct kg_joinpoint_run *run, char *text, struct kg_joinpoint_range *range,
				 struct kg_error *error)
{
	char *colon = strchr(text, ':');

	*range = (struct kg_joinpoint_range){ 0 };
	if (!colon)
		return kg_error_set(error, KG_EUSAGE, "'%s' in --range has no colon; write FROM:TO, such as 2010:2019",
				    text);
	*colon = '\0';
	if (strcmp(text, "last") == 0)
		return read_last(colon + 1, range, error);
	KG_TRY(read_period(run, "range", text, &range->from, error));
	KG_TRY(read_period(run, "range", colon + 1, &range->to, error));
	if (range->from >= range->to)
		return kg_error_set(error, KG_EUSAGE, "'%s:%s' in --range ends before it begins; write FROM:TO", text,
				    colon + 1);
	return KG_OK;
}

static enum kg_status read_ranges(struct kg_joinpoint_run *run, struct kg_arena *arena, struct kg_error *error)
{
	const char *const *part;
	size_t count;

	if (!run->command->range)
		return KG_OK;
	count = kg_text_split(run->command->range, ',', arena, &part);
	if (!part)
		return kg_error_memory(error);
	if (count > KG_RANGES_MOST)
		return kg_error_set(error, KG_EUSAGE, "--range has %zu ranges; at most %d are taken at once", count,
				    KG_RANGES_MOST);
	for (; run->ranges < count; run->ranges++) {
		char *text = kg_arena_text(arena, part[run->ranges]);

		if (!text)
			return kg_error_memory(error);
		KG_TRY(read_range(run, text, &run->range[run->ranges], error));
	}
	return KG_OK;
}

/* A series break that is modelled as a jump splits no series. */
static void remove_break(struct kg_series_source *source, double year)
{
	size_t kept = 0;

	for (size_t i = 0; i < source->nbreak; i++)
		if (source->break_year[i] != year)
			source->break_year[kept++] = source->break_year[i];
	source->nbreak = kept;
}

static enum kg_status add_jump(struct kg_joinpoint_run *run, double year, struct kg_error *error)
{
	struct kg_joinpoint_options *options = &run->options;

	if (options->jumps == KG_JUMPS_MOST)
		return kg_error_set(error, KG_EUSAGE, "--jump takes at most %d periods", KG_JUMPS_MOST);
	if (options->jumps && options->jump[options->jumps - 1] >= year)
		return kg_error_set(error, KG_EUSAGE, "'%s' in --jump is not in order of time; name each period once",
				    run->command->jump);
	options->jump[options->jumps++] = year;
	return KG_OK;
}

/* Whether the data have periods on both sides of a step: else there is nothing to tell it by. */
static bool lies_within(const struct kg_joinpoint_run *run, double year)
{
	const struct kg_series_source *source = &run->source;
	bool before = false, after = false;

	for (size_t i = 0; i < source->table->nrow; i++) {
		before |= source->time.year[i] < year;
		after |= source->time.year[i] >= year;
	}
	return before && after;
}

/* --jump: "breaks" = those of the schema, else periods in order. */
static enum kg_status read_jumps(struct kg_joinpoint_run *run, struct kg_arena *arena, struct kg_error *error)
{
	const char *const *part;
	size_t count;

	if (!run->command->jump)
		return KG_OK;
	if (strcmp(run->command->jump, "breaks") == 0) {
		if (!run->source.nbreak)
			return kg_error_set(
			    error, KG_EUSAGE,
			    "--jump breaks: the input's schema declares no series breaks; name the periods instead");
		for (size_t i = 0; i < run->source.nbreak; i++)
			if (lies_within(run, run->source.break_year[i]))
				KG_TRY(add_jump(run, run->source.break_year[i], error));
	} else {
		count = kg_text_split(run->command->jump, ',', arena, &part);
		if (!part)
			return kg_error_memory(error);
		for (size_t i = 0; i < count; i++) {
			double year;

			KG_TRY(read_period(run, "jump", part[i], &year, error));
			if (!lies_within(run, year))
				return kg_error_set(error, KG_EUSAGE,
						    "'%s' in --jump has no data on both sides; name a period of the "
						    "column '%s' after its first",
						    part[i], run->source.time.name);
			KG_TRY(add_jump(run, year, error));
		}
	}
	for (size_t i = 0; i < run->options.jumps; i++)
		remove_break(&run->source, run->options.jump[i]);
	return KG_OK;
}

static enum kg_status read_comparability(struct kg_joinpoint_run *run, struct kg_error *error)
{
	const struct kg_joinpoint_command *command = run->command;

	run->options.comparability.ratio = NAN;
	if (command->comparability_ratio == 0 && command->comparability_variance > 0)
		return kg_error_set(error, KG_EUSAGE, "--comparability-variance needs --comparability-ratio");
	if (command->comparability_ratio == 0)
		return KG_OK;
	if (run->options.jumps != 1)
		return kg_error_set(error, KG_EUSAGE,
				    "--comparability-ratio needs --jump with the one period that it holds from");
	run->options.comparability =
	    (struct kg_comparability){ command->comparability_ratio, command->comparability_variance };
	return KG_OK;
}

static enum kg_status read_autocorrelation(const char *text, double *value, struct kg_error *error)
{
	*value = NAN;
	if (strcmp(text, "estimate") == 0)
		return KG_OK;
	if (kg_number_parse(text, strlen(text), '.', 0, value) != KG_PARSED || !(fabs(*value) < 1))
		return kg_error_set(error, KG_EUSAGE,
				    "'%s' in --autocorrelation is no number between -1 and 1, and not 'estimate'",
				    text);
	return KG_OK;
}

static enum kg_status read_most(const char *text, size_t *most, struct kg_error *error)
{
	*most = SIZE_MAX;
	if (!text)
		return KG_OK;
	if (text[0] < '0' || text[0] > '0' + KG_JOINPOINTS_MOST || text[1])
		return kg_error_set(error, KG_EUSAGE, "'%s' in --max-joinpoints is no number from 0 to %d", text,
				    KG_JOINPOINTS_MOST);
	*most = (size_t)(text[0] - '0');
	return KG_OK;
}

static size_t find_choice(const char *const *choice, const char *word)
{
	size_t i = 0;

	while (choice[i] && strcmp(choice[i], word) != 0)
		i++;
	return i;
}

static enum kg_status read_options(struct kg_joinpoint_run *run, struct kg_error *error)
{
	static const enum kg_joinpoint_select select[] = { KG_SELECT_WBIC, KG_SELECT_BIC, KG_SELECT_BIC3,
							   KG_SELECT_PERMUTATION };
	static const enum kg_joinpoint_scale scale[] = { KG_SCALE_LOG, KG_SCALE_LINEAR, KG_SCALE_POISSON };
	static const enum kg_joinpoint_limits limits[] = { KG_LIMITS_PARAMETRIC, KG_LIMITS_DELTA, KG_LIMITS_EMPIRICAL };
	const struct kg_joinpoint_command *command = run->command;
	struct kg_joinpoint_options *options = &run->options;

	KG_TRY(read_most(command->max_joinpoints, &options->rules.most, error));
	KG_TRY(read_autocorrelation(command->autocorrelation, &options->autocorrelation, error));
	options->rules.min_end = (size_t)command->min_end;
	options->rules.min_between = (size_t)command->min_between;
	options->select = select[find_choice(kg_joinpoint_select_choice, command->select)];
	options->scale = scale[find_choice(kg_joinpoint_model_choice, command->model)];
	options->limits = limits[find_choice(kg_joinpoint_ci_choice, command->ci)];
	return KG_OK;
}

enum kg_status kg_joinpoint_open(struct kg_joinpoint_run *run, const struct kg_table *table, const struct kg_names *by,
				 struct kg_arena *arena, struct kg_error *error)
{
	const struct kg_joinpoint_command *command = run->command;
	const char *const column[] = { command->time, command->value, command->population };

	KG_TRY(kg_series_open(table, column, by, arena, &run->source, error));
	if (command->std_error)
		KG_TRY(kg_table_number(table, command->std_error, &run->source.extra[0], error));
	KG_TRY(read_options(run, error));
	KG_TRY(read_ranges(run, arena, error));
	KG_TRY(read_jumps(run, arena, error));
	KG_TRY(read_comparability(run, error));
	run->params = (struct kg_params){ .conf_level = run->context->conf_level,
					  .seed = run->context->seed,
					  .replicates = run->context->replicates,
					  .permutations = run->context->replicates,
					  .period_noun = kg_period_noun(run->source.time.kind) };
	return KG_OK;
}

struct kg_joinpoint_options kg_joinpoint_for(const struct kg_joinpoint_run *run, const struct kg_series *part)
{
	struct kg_joinpoint_options options = run->options;
	size_t n = part->sample.n;

	options.std_error = part->extra[0];
	options.ranges = n ? run->ranges : 0;
	for (size_t r = 0; r < options.ranges; r++) {
		const struct kg_joinpoint_range *range = &run->range[r];

		options.from[r] = range->last
				      ? kg_period_year(run->source.time.kind, part->period[n - 1] - range->last + 1)
				      : range->from;
		options.to[r] = range->last ? part->x[n - 1] : range->to;
	}
	return options;
}
