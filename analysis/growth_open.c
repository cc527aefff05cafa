#include <limits.h>
#include <string.h>

#include "growth.h"

const char *const kg_growth_models[] = { "log-linear", "poisson", "quasi-poisson", "negative-binomial", NULL };

bool kg_growth_wants(const struct kg_growth_options *options, const char *const *method)
{
	for (; *method; method++)
		for (size_t i = 0; i < options->method.count; i++)
			if (strcmp(options->method.name[i], *method) == 0)
				return true;
	return false;
}

/* Some row has the period: else every index would be without a base. */
static enum kg_status check_base(const char *base, const struct kg_time *time, size_t nrow, long period,
				 struct kg_error *error)
{
	char first[16], last[16];
	long least = LONG_MAX, most = LONG_MIN;

	for (size_t i = 0; i < nrow; i++) {
		if (kg_column_missing(time->column, i))
			continue;
		if (time->index[i] == period)
			return KG_OK;
		least = time->index[i] < least ? time->index[i] : least;
		most = time->index[i] > most ? time->index[i] : most;
	}
	if (least > most)
		return KG_OK;
	kg_period_text(time->kind, least, first, sizeof first);
	kg_period_text(time->kind, most, last, sizeof last);
	return kg_error_set(error, KG_EUSAGE,
			    "'%s' in --base is in no row of '%s'; choose one of its periods from %s to %s", base,
			    time->name, first, last);
}

/* The base of --base as a calendar key. */
static enum kg_status read_base(const struct kg_growth_options *options, const struct kg_time *time, size_t nrow,
				long *base, struct kg_error *error)
{
	enum kg_period_kind kind;
	double year;

	*base = KG_BASE_FIRST;
	if (!options->base)
		return KG_OK;
	if (!kg_period_parse(options->base, &kind, base, &year))
		return kg_error_set(
		    error, KG_EUSAGE,
		    "'%s' in --base is no period; write it as in the column '%s': 2020, 2020-05, 2020-Q1 "
		    "or 2020-05-17",
		    options->base, time->name);
	if (kind != time->kind)
		return kg_error_set(error, KG_EUSAGE, "'%s' in --base is a %s, but '%s' holds %ss; write a %s",
				    options->base, kg_period_noun(kind), time->name, kg_period_noun(time->kind),
				    kg_period_noun(time->kind));
	return check_base(options->base, time, nrow, *base, error);
}

static const char *const contribution[] = { "contribution", NULL };

static enum kg_status check_contribution(const struct kg_growth_options *options, const struct kg_context *context,
					 struct kg_error *error)
{
	if (!kg_growth_wants(options, contribution))
		return KG_OK;
	if (options->population)
		return kg_error_set(error, KG_EUSAGE,
				    "'contribution' adds up values and takes no --population; ask for it in a call of "
				    "its own");
	if (!context->by.count)
		return kg_error_set(error, KG_EUSAGE, "'contribution' needs groups; name their column with --by");
	return KG_OK;
}

/* An option that no method asked for would use is a mistake, not to be passed over in silence. */
static enum kg_status check_unused(const struct kg_growth_options *options, struct kg_error *error)
{
	static const char *const based[] = { "index", NULL };
	static const char *const lagged[] = { "change", "contribution", NULL };

	if (options->base && !kg_growth_wants(options, based))
		return kg_error_set(error, KG_EUSAGE,
				    "'--base' is used by the method index alone; ask for it with --method or leave "
				    "--base out");
	if (options->lag != 1 && !kg_growth_wants(options, lagged))
		return kg_error_set(error, KG_EUSAGE,
				    "'--lag' is used by the methods change and contribution; ask for one with --method "
				    "or leave --lag out");
	if ((options->cluster || strcmp(options->covariance, "classical") != 0) &&
	    !kg_growth_wants(options, kg_growth_models))
		return kg_error_set(error, KG_EUSAGE,
				    "'--%s' is used by the methods log-linear, poisson, quasi-poisson and "
				    "negative-binomial; ask for one with --method or leave it out",
				    options->cluster ? "cluster" : "covariance");
	return KG_OK;
}

enum kg_status kg_growth_open(const struct kg_growth_options *options, const struct kg_table *table,
			      struct kg_context *context, struct kg_growth_run *run, struct kg_error *error)
{
	const char *const column[] = { options->time, options->value, options->population };

	*run = (struct kg_growth_run){ .options = options };
	KG_TRY(check_contribution(options, context, error));
	KG_TRY(check_unused(options, error));
	KG_TRY(kg_series_open(table, column, &context->by, context->arena, &run->source, error));
	KG_TRY(
	    kg_covariance_open(options->covariance, options->cluster, table, context->arena, &run->covariance, error));
	run->source.cluster = run->covariance.cluster;
	run->source.cluster_number = run->covariance.number;
	run->groups = run->source.groups;
	run->params = (struct kg_params){ .conf_level = context->conf_level,
					  .lag = (size_t)options->lag,
					  .covariance = run->covariance.kind,
					  .period_noun = kg_period_noun(run->source.time.kind) };
	KG_TRY(read_base(options, &run->source.time, table->nrow, &run->params.base, error));
	return kg_growth_wants(options, contribution) ? kg_growth_total_make(run, context->arena, error) : KG_OK;
}
