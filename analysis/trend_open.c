#include <string.h>

#include "trend.h"

/* True when a method is asked for whose id starts so. */
static bool wants(const struct kg_trend_command *options, const char *prefix)
{
	for (size_t i = 0; i < options->method.count; i++)
		if (strncmp(options->method.name[i], prefix, strlen(prefix)) == 0)
			return true;
	return false;
}

static enum kg_status choose_season(struct kg_trend_run *run, struct kg_error *error)
{
	enum kg_period_kind kind = run->source.time.kind;

	run->trend.season = (size_t)run->options->season;
	if (!run->trend.season)
		run->trend.season = kind == KG_PERIOD_MONTH ? 12 : kind == KG_PERIOD_QUARTER ? 4 : 0;
	if (!run->trend.season && wants(run->options, "seasonal"))
		return kg_error_set(error, KG_EUSAGE,
				    "'seasonal' needs the number of periods in a cycle; give --season");
	return KG_OK;
}

/* An option that no method asked for would use is a mistake, not to be passed over in silence. */
static enum kg_status check_unused(const struct kg_trend_command *options, struct kg_error *error)
{
	if (options->season && !wants(options, "seasonal"))
		return kg_error_set(error, KG_EUSAGE,
				    "'--season' is used by the methods seasonal and seasonal-correlated; ask for one "
				    "with --method or leave --season out");
	if (options->lag_max && !wants(options, "hamed-rao") && !wants(options, "yue-wang") &&
	    !wants(options, "block-bootstrap"))
		return kg_error_set(
		    error, KG_EUSAGE,
		    "'--lag-max' is used by the methods hamed-rao, yue-wang and block-bootstrap; ask for "
		    "one with --method or leave --lag-max out");
	if (options->covariate && !wants(options, "partial"))
		return kg_error_set(error, KG_EUSAGE,
				    "'--covariate' is used by the method partial alone; ask for it with --method or "
				    "leave --covariate out");
	if (options->std_error && !wants(options, "recent"))
		return kg_error_set(
		    error, KG_EUSAGE,
		    "'--std-error' is used by the method recent alone; ask for it with --method or leave "
		    "--std-error out");
	return KG_OK;
}

static enum kg_status check_methods(const struct kg_trend_command *options, const struct kg_context *context,
				    struct kg_error *error)
{
	if (wants(options, "partial") && !options->covariate)
		return kg_error_set(error, KG_EUSAGE, "'partial' needs a covariate; name its column with --covariate");
	if (wants(options, "regional") && !context->by.count)
		return kg_error_set(error, KG_EUSAGE, "'regional' needs groups; name their column with --by");
	return KG_OK;
}

enum kg_status kg_trend_open(const struct kg_trend_command *options, const struct kg_table *table,
			     struct kg_context *context, struct kg_trend_run *run, struct kg_error *error)
{
	const char *const column[] = { options->time, options->value, options->population };
	const char *const extra[KG_SERIES_EXTRA] = { options->covariate, options->std_error };

	*run = (struct kg_trend_run){ .options = options };
	KG_TRY(check_methods(options, context, error));
	KG_TRY(check_unused(options, error));
	KG_TRY(kg_series_open(table, column, &context->by, context->arena, &run->source, error));
	for (size_t k = 0; k < KG_SERIES_EXTRA; k++)
		if (extra[k])
			KG_TRY(kg_table_number(table, extra[k], &run->source.extra[k], error));
	KG_TRY(choose_season(run, error));
	run->groups = run->source.groups;
	if (wants(options, "regional") && !kg_series_total_group(&run->groups, context->arena))
		return kg_error_memory(error);
	run->trend.lag_max = (size_t)options->lag_max;
	run->trend.unit = run->source.value->unit && !run->source.population
			      ? kg_arena_format(context->arena, "%s per year", run->source.value->unit)
			      : "per year";
	run->alpha = 1 - context->conf_level;
	run->params = (struct kg_params){ .conf_level = context->conf_level,
					  .seed = context->seed,
					  .replicates = context->replicates,
					  .period_noun = kg_period_noun(run->source.time.kind) };
	return KG_OK;
}
