#include <string.h>

#include "report/label.h"
#include "spatial.h"

#define PERMUTATIONS 999 /* of methods that always permute */
/* p below this is told as below it. */
#define P_LEAST 1e-4

static const char *compare_p(double p)
{
	return p < P_LEAST ? "<" : "=";
}

static const char *name_method(const char *method, struct kg_arena *arena)
{
	return kg_label_argument("spatial", "method", method, arena);
}

static bool always_permutes(const char *method)
{
	return strcmp(method, "local-moran") == 0 || strcmp(method, "eb-moran") == 0 ||
	       strcmp(method, "gini-neighbours") == 0 || kg_spatial_is_bivariate(method);
}

/* What was permuted: places of a local method keep their value, all values of a global one move. */
static bool permutes(const struct kg_spatial_options *options, bool local)
{
	for (size_t m = 0; m < options->method.count; m++) {
		const char *method = options->method.name[m];

		if (kg_spatial_is_local(method) == local && (always_permutes(method) || options->permutations > 0))
			return true;
	}
	return false;
}

static void tell_permutations(const struct kg_spatial_run *run, struct kg_result *result, struct kg_arena *arena)
{
	long asked = run->options->permutations ? run->options->permutations : (long)PERMUTATIONS;
	unsigned long long seed = (unsigned long long)run->params.seed;

	if (permutes(run->options, false))
		kg_result_remark(result, arena,
				 "permutations: %ld, seed %llu; all orders instead where there are at most %d of them",
				 asked, seed, KG_EXACT_ORDERS);
	else if (permutes(run->options, true))
		kg_result_remark(result, arena, "permutations: %ld, seed %llu", asked, seed);
}

static bool has_kind(const struct kg_spatial_options *options, bool (*is)(const char *method))
{
	for (size_t m = 0; m < options->method.count; m++)
		if (is(options->method.name[m]))
			return true;
	return false;
}

static void tell_alternative(const struct kg_spatial_options *options, const char *method, struct kg_result *result,
			     struct kg_arena *arena)
{
	enum kg_alternative alternative = kg_spatial_alternative(options, method);

	if (alternative == KG_GREATER)
		kg_result_remark(result, arena, "%s: p is one-sided, for neighbours that are alike (greater)",
				 name_method(method, arena));
	else if (alternative == KG_LESS)
		kg_result_remark(result, arena, "%s: p is one-sided, for neighbours that differ (less)",
				 name_method(method, arena));
	else
		kg_result_remark(result, arena, "%s: p is two-sided", name_method(method, arena));
}

/* Join counts of a value that is not 0/1: the first line that stands in the way. */
static void tell_not_binary(const struct kg_spatial_run *run, struct kg_result *result, struct kg_arena *arena)
{
	const struct kg_names *method = &run->options->method;
	bool joins = false;

	for (size_t m = 0; m < method->count; m++)
		joins |= strcmp(method->name[m], "join-count") == 0 || strcmp(method->name[m], "local-join-count") == 0;
	for (size_t i = 0; joins && i < run->table->nrow; i++) {
		double value = kg_column_real(run->value, i);

		if (isnan(value) || value == 0 || value == 1)
			continue;
		kg_result_remark(result, arena,
				 "'%s' is %.6g in line %zu: join counts want 0 or 1; derive such a column with --let, "
				 "or take moran",
				 kg_label_column(run->value, arena), value, kg_table_line(run->table, i));
		return;
	}
}

/* What was done: islands, weights, alternatives, permutations, adjustment. */
static void tell_settings(const struct kg_spatial_run *run, struct kg_result *result, struct kg_arena *arena)
{
	const struct kg_spatial_options *options = run->options;
	struct kg_spatial_map all = { 0 };

	for (size_t g = 0; g < run->groups.ngroup; g++) {
		all.places += run->map[g].places;
		all.islands += run->map[g].islands;
		all.components += run->map[g].components;
		all.unpopulated += run->map[g].unpopulated;
	}
	kg_result_remark(
	    result, arena,
	    "places: %zu, without neighbours: %zu (islands: %s), connected components: %zu; weights of style %s",
	    all.places, all.islands,
	    kg_label_argument("spatial", "islands", options->islands, arena), all.components, options->style);
	if (all.unpopulated)
		kg_result_remark(result, arena, "rows left out because '%s' is not above 0: %zu",
				 kg_label_named(run->table, options->population, arena), all.unpopulated);
	tell_not_binary(run, result, arena);
	for (size_t m = 0; m < options->method.count; m++)
		tell_alternative(options, options->method.name[m], result, arena);
	tell_permutations(run, result, arena);
	if (has_kind(options, kg_spatial_is_local) && strcmp(options->adjust, "none") != 0)
		kg_result_remark(result, arena,
				 "p_value is adjusted (%s) for the number of places; p_unadjusted is not",
				 options->adjust);
}

/* 1: p is small and neighbours are alike; -1: small and they differ; 0: not small. */
static int find_direction(const struct kg_spatial_run *run, const char *method, const struct kg_spatial_told *told)
{
	double above = told->term.estimate - told->expected;

	if (!(told->term.p_value <= 1 - run->params.conf_level))
		return 0;
	if (strcmp(method, "geary") == 0)
		above = -above;
	return above > 0 ? 1 : -1;
}

static void tell_value(const struct kg_spatial_run *run, const char *method, const struct kg_spatial_told *told,
		       struct kg_result *result, struct kg_arena *arena)
{
	const struct kg_term *term = &told->term;
	double p = fmax(term->p_value, P_LEAST);
	int direction = find_direction(run, method, told);

	if (direction > 0)
		kg_result_remark(result, arena,
				 "Neighbours have similar '%s': %s %.3g where chance gives %.3g (p %s %.2g, n = %zu)",
				 kg_label_column(run->value, arena), name_method(method, arena), term->estimate,
				 told->expected, compare_p(term->p_value), p, told->n);
	else if (direction < 0)
		kg_result_remark(result, arena,
				 "Neighbours have unlike '%s': %s %.3g where chance gives %.3g (p %s %.2g, n = %zu)",
				 kg_label_column(run->value, arena), name_method(method, arena), term->estimate,
				 told->expected, compare_p(term->p_value), p, told->n);
	else
		kg_result_remark(result, arena,
				 "Neighbours are not clearly alike in '%s': %s %.3g where chance gives %.3g (p %s "
				 "%.2g, n = %zu); that does not show that place has no part in it",
				 kg_label_column(run->value, arena), name_method(method, arena), term->estimate,
				 told->expected, compare_p(term->p_value), p, told->n);
}

static void tell_joins(const struct kg_spatial_run *run, const struct kg_spatial_told *told, struct kg_result *result,
		       struct kg_arena *arena)
{
	const struct kg_term *term = &told->term;
	double p = fmax(term->p_value, P_LEAST);
	int direction = find_direction(run, "join-count", told);

	if (direction > 0)
		kg_result_remark(result, arena,
				 "Places with '%s' lie together: neighbours that both have it weigh %.3g where chance "
				 "gives %.3g (p %s %.2g, n = %zu)",
				 kg_label_column(run->value, arena), term->estimate, told->expected,
				 compare_p(term->p_value), p, told->n);
	else if (direction < 0)
		kg_result_remark(result, arena,
				 "Places with '%s' lie apart: neighbours that both have it weigh %.3g where chance "
				 "gives %.3g (p %s %.2g, n = %zu)",
				 kg_label_column(run->value, arena), term->estimate, told->expected,
				 compare_p(term->p_value), p, told->n);
	else
		kg_result_remark(
		    result, arena,
		    "Places with '%s' do not clearly lie together: neighbours that both have it weigh %.3g where "
		    "chance gives %.3g (p %s %.2g, n = %zu); that does not show that place has no part in it",
		    kg_label_column(run->value, arena), term->estimate, told->expected, compare_p(term->p_value), p,
		    told->n);
}

static void tell_pair(const struct kg_spatial_run *run, const char *method, const struct kg_spatial_told *told,
		      struct kg_result *result, struct kg_arena *arena)
{
	const struct kg_term *term = &told->term;
	const char *value = kg_label_column(run->value, arena), *with = kg_label_column(run->with, arena);
	double p = fmax(term->p_value, P_LEAST);
	int direction = find_direction(run, method, told);

	if (direction > 0)
		kg_result_remark(result, arena,
				 "Where '%s' is high, '%s' is high in the neighbourhood: %s %.3g where chance gives "
				 "%.3g (p %s %.2g, n = %zu)",
				 value, with, name_method(method, arena), term->estimate, told->expected, compare_p(term->p_value), p,
				 told->n);
	else if (direction < 0)
		kg_result_remark(result, arena,
				 "Where '%s' is high, '%s' is low in the neighbourhood: %s %.3g where chance gives "
				 "%.3g (p %s %.2g, n = %zu)",
				 value, with, name_method(method, arena), term->estimate, told->expected, compare_p(term->p_value), p,
				 told->n);
	else
		kg_result_remark(result, arena,
				 "'%s' does not clearly go with '%s' of the neighbourhood: %s %.3g where chance gives "
				 "%.3g (p %s %.2g, n = %zu); that does not show there is no association",
				 value, with, name_method(method, arena), term->estimate, told->expected, compare_p(term->p_value), p,
				 told->n);
	kg_result_remark(result, arena,
			 "%s mixes association in the same place (Pearson's r = %.3g) with association between "
			 "neighbours: do not read it as the second alone",
			 name_method(method, arena), told->beside);
}

static void tell_local(const struct kg_spatial_run *run, const char *method, const struct kg_spatial_told *told,
		       struct kg_result *result, struct kg_arena *arena)
{
	double alpha = 1 - run->params.conf_level;

	if (strcmp(method, "local-join-count") == 0)
		kg_result_remark(
		    result, arena,
		    "%s: of %zu places with '%s' %zu have more such neighbours than chance gives, at p up to %.3g",
		    name_method(method, arena), told->tested, kg_label_column(run->value, arena), told->high, alpha);
	else if (strcmp(method, "getis-ord") == 0)
		kg_result_remark(result, arena,
				 "%s: of %zu places %zu lie where high values of '%s' gather and %zu where low values "
				 "do, at p up to %.3g",
				 name_method(method, arena), told->tested, told->high,
				 kg_label_column(run->value, arena), told->low, alpha);
	else
		kg_result_remark(result, arena,
				 "%s: of %zu places %zu are high among high values of '%s' (HH), %zu low among low "
				 "(LL), %zu high among low (HL), %zu low among high (LH), at p up to %.3g",
				 name_method(method, arena), told->tested, told->high,
				 kg_label_column(run->value, arena), told->low, told->high_low, told->low_high, alpha);
}

static void tell_groups(const struct kg_spatial_run *run, size_t m, struct kg_result *result, struct kg_arena *arena)
{
	const struct kg_names *method = &run->options->method;
	size_t alike = 0, unlike = 0;

	for (size_t g = 0; g < run->groups.ngroup; g++) {
		int direction = find_direction(run, method->name[m], &run->told[g * method->count + m]);

		alike += direction > 0;
		unlike += direction < 0;
	}
	kg_result_remark(result, arena,
			 "%s: of %zu groups %zu have neighbours that are alike in '%s' and %zu neighbours that differ, "
			 "at p up to %.3g",
			 name_method(method->name[m], arena), run->groups.ngroup, alike,
			 kg_label_column(run->value, arena), unlike, 1 - run->params.conf_level);
}

static void tell_method(const struct kg_spatial_run *run, size_t m, struct kg_result *result, struct kg_arena *arena)
{
	const char *method = run->options->method.name[m];
	const struct kg_spatial_told *told = &run->told[m];

	if (kg_spatial_is_local(method)) {
		if (run->groups.ngroup == 1 && told->tested)
			tell_local(run, method, told, result, arena);
	} else if (run->groups.ngroup > 1) {
		tell_groups(run, m, result, arena);
	} else if (!isnan(told->term.p_value) && !told->term.why) {
		if (strcmp(method, "join-count") == 0)
			tell_joins(run, told, result, arena);
		else if (kg_spatial_is_bivariate(method))
			tell_pair(run, method, told, result, arena);
		else
			tell_value(run, method, told, result, arena);
	}
}

void kg_spatial_tell(const struct kg_spatial_run *run, struct kg_result *result, struct kg_arena *arena)
{
	tell_settings(run, result, arena);
	for (size_t m = 0; m < run->options->method.count; m++)
		tell_method(run, m, result, arena);
	kg_result_remark(result, arena,
			 "Likeness of neighbours is no influence of one on the other: a common cause gives the same "
			 "pattern, and another list of neighbours gives another value");
}
