#include <string.h>

#include "attainment_tell.h"
#include "report/label.h"

static double get_number(const struct kg_table *table, const char *column, size_t row)
{
	return kg_column_real(kg_table_find(table, column), row);
}

static void tell_odds(const struct kg_told *told)
{
	if (told->odds_low > 1)
		kg_result_remark(told->result, told->arena,
				 "Higher '%s' goes with higher odds of '%s': one unit more multiplies them by %.3g "
				 "(%g%% limits %.3g to %.3g; %s, n = %.0f)",
				 told->term, told->outcome, told->odds, told->percent, told->odds_low, told->odds_high,
				 told->method, told->n);
	else if (told->odds_high < 1)
		kg_result_remark(told->result, told->arena,
				 "Higher '%s' goes with lower odds of '%s': one unit more multiplies them by %.3g "
				 "(%g%% limits %.3g to %.3g; %s, n = %.0f)",
				 told->term, told->outcome, told->odds, told->percent, told->odds_low, told->odds_high,
				 told->method, told->n);
	else if (told->odds_low <= 1 && !isfinite(told->odds_high))
		kg_result_remark(told->result, told->arena,
				 "The data say nothing of '%s' and '%s': limits reach from no odds to endless ones; "
				 "columns that nearly explain each other do that (%s, n = %.0f)",
				 told->term, told->outcome, told->method, told->n);
	else if (told->odds_low <= 1)
		kg_result_remark(
		    told->result, told->arena,
		    "No clear association of '%s' with '%s': one unit more multiplies the odds by %.3g "
		    "(%g%% limits %.3g to %.3g, on both sides of 1; %s, n = %.0f); that does not show there "
		    "is none",
		    told->term, told->outcome, told->odds, told->percent, told->odds_low, told->odds_high, told->method,
		    told->n);
}

static void tell_level(const struct kg_told *told)
{
	if (told->low > 0)
		kg_result_remark(
		    told->result, told->arena,
		    "With '%s' the probability of '%s' is higher than at the reference, other columns as they "
		    "are: by %.3g (%g%% limits %.3g to %.3g, n = %.0f)",
		    told->term, told->outcome, told->estimate, told->percent, told->low, told->high, told->n);
	else if (told->high < 0)
		kg_result_remark(
		    told->result, told->arena,
		    "With '%s' the probability of '%s' is lower than at the reference, other columns as they "
		    "are: by %.3g (%g%% limits %.3g to %.3g, n = %.0f)",
		    told->term, told->outcome, told->estimate, told->percent, told->low, told->high, told->n);
	else if (told->low <= 0)
		kg_result_remark(
		    told->result, told->arena,
		    "With '%s' the probability of '%s' does not clearly differ from that at the reference: "
		    "%.3g (%g%% limits %.3g to %.3g, on both sides of 0, n = %.0f)",
		    told->term, told->outcome, told->estimate, told->percent, told->low, told->high, told->n);
}

static void tell_effect(const struct kg_told *told)
{
	if (strchr(told->term, '=')) {
		tell_level(told);
		return;
	}
	if (told->low > 0)
		kg_result_remark(
		    told->result, told->arena,
		    "Higher '%s' goes with a higher probability of '%s', on average over the rows: by %.3g per "
		    "unit (%g%% limits %.3g to %.3g, n = %.0f)",
		    told->term, told->outcome, told->estimate, told->percent, told->low, told->high, told->n);
	else if (told->high < 0)
		kg_result_remark(
		    told->result, told->arena,
		    "Higher '%s' goes with a lower probability of '%s', on average over the rows: by %.3g per "
		    "unit (%g%% limits %.3g to %.3g, n = %.0f)",
		    told->term, told->outcome, told->estimate, told->percent, told->low, told->high, told->n);
	else if (told->low <= 0)
		kg_result_remark(
		    told->result, told->arena,
		    "No clear change of the probability of '%s' with '%s': %.3g per unit on average over the "
		    "rows (%g%% limits %.3g to %.3g, on both sides of 0, n = %.0f)",
		    told->outcome, told->term, told->estimate, told->percent, told->low, told->high, told->n);
}

static void tell_trend(const struct kg_told *told)
{
	if (told->low > 0)
		kg_result_remark(
		    told->result, told->arena,
		    "The share of '%s' rises over the groups of '%s': by %.3g per unit of score (%g%% limits "
		    "%.3g to %.3g, p = %.2g, n = %.0f)",
		    told->outcome, told->exposure, told->estimate, told->percent, told->low, told->high, told->p,
		    told->n);
	else if (told->high < 0)
		kg_result_remark(
		    told->result, told->arena,
		    "The share of '%s' falls over the groups of '%s': by %.3g per unit of score (%g%% limits "
		    "%.3g to %.3g, p = %.2g, n = %.0f)",
		    told->outcome, told->exposure, told->estimate, told->percent, told->low, told->high, told->p,
		    told->n);
	else if (told->low <= 0)
		kg_result_remark(
		    told->result, told->arena,
		    "No clear trend of the share of '%s' over the groups of '%s': %.3g per unit of score (%g%% "
		    "limits %.3g to %.3g, p = %.2g, n = %.0f)",
		    told->outcome, told->exposure, told->estimate, told->percent, told->low, told->high, told->p,
		    told->n);
}

static void tell_risks(const struct kg_told *told)
{
	if (told->low > 0)
		kg_result_remark(
		    told->result, told->arena,
		    "'%s' is more frequent where '%s' has its larger value: the difference of the shares is "
		    "%.3g (%g%% limits %.3g to %.3g, n = %.0f)",
		    told->outcome, told->exposure, told->estimate, told->percent, told->low, told->high, told->n);
	else if (told->high < 0)
		kg_result_remark(
		    told->result, told->arena,
		    "'%s' is less frequent where '%s' has its larger value: the difference of the shares is "
		    "%.3g (%g%% limits %.3g to %.3g, n = %.0f)",
		    told->outcome, told->exposure, told->estimate, told->percent, told->low, told->high, told->n);
	else if (told->low <= 0)
		kg_result_remark(
		    told->result, told->arena,
		    "'%s' is not clearly more or less frequent where '%s' has its larger value: the difference "
		    "of the shares is %.3g (%g%% limits %.3g to %.3g, n = %.0f)",
		    told->outcome, told->exposure, told->estimate, told->percent, told->low, told->high, told->n);
}

static void tell_strata(const struct kg_told *told)
{
	if (told->odds_low > 1)
		kg_result_remark(
		    told->result, told->arena,
		    "Within the strata the odds of '%s' are higher where '%s' has its larger value: times %.3g "
		    "(%g%% limits %.3g to %.3g, n = %.0f)",
		    told->outcome, told->exposure, told->odds, told->percent, told->odds_low, told->odds_high, told->n);
	else if (told->odds_high < 1)
		kg_result_remark(
		    told->result, told->arena,
		    "Within the strata the odds of '%s' are lower where '%s' has its larger value: times %.3g "
		    "(%g%% limits %.3g to %.3g, n = %.0f)",
		    told->outcome, told->exposure, told->odds, told->percent, told->odds_low, told->odds_high, told->n);
	else if (told->odds_low <= 1)
		kg_result_remark(
		    told->result, told->arena,
		    "Within the strata the odds of '%s' do not clearly differ by '%s': times %.3g (%g%% limits "
		    "%.3g to %.3g, on both sides of 1, n = %.0f)",
		    told->outcome, told->exposure, told->odds, told->percent, told->odds_low, told->odds_high, told->n);
}

static void tell_homogeneity(const struct kg_told *told)
{
	if (told->p < 1 - told->percent / 100)
		kg_result_remark(
		    told->result, told->arena,
		    "The odds ratio differs between strata (Breslow-Day p = %.2g): one figure for all hides "
		    "that",
		    told->p);
	else if (told->p >= 0)
		kg_result_remark(
		    told->result, told->arena,
		    "No sign that the odds ratio differs between strata (Breslow-Day p = %.2g); with few rows "
		    "in a stratum the test sees little",
		    told->p);
}

static void tell_area(const struct kg_told *told)
{
	if (isfinite(told->low))
		kg_result_remark(
		    told->result, told->arena,
		    "In %.3g of the pairs of a row with '%s' and one without, the one with it has the higher "
		    "'%s' (%g%% limits %.3g to %.3g, 0.5 is chance, n = %.0f)",
		    told->estimate, told->outcome, told->exposure, told->percent, told->low, told->high, told->n);
}

static void tell_calibration(const struct kg_told *told)
{
	if (told->high < 1)
		kg_result_remark(
		    told->result, told->arena,
		    "Predicted from the other rows, the probabilities of '%s' are too extreme: calibration "
		    "slope %.3g (%g%% limits %.3g to %.3g, 1 is right, n = %.0f)",
		    told->outcome, told->estimate, told->percent, told->low, told->high, told->n);
	else if (isfinite(told->low))
		kg_result_remark(
		    told->result, told->arena,
		    "Predicted from the other rows, the probabilities of '%s' are not clearly too extreme: "
		    "calibration slope %.3g (%g%% limits %.3g to %.3g, 1 is right, n = %.0f)",
		    told->outcome, told->estimate, told->percent, told->low, told->high, told->n);
}

/* The row of a method that is told: the first of that term, NULL = the first that is no intercept. */
static const struct teller {
	const char *method, *term;
	void (*tell)(const struct kg_told *told);
} teller[] = {
	{ "logistic", NULL, tell_odds },
	{ "firth", NULL, tell_odds },
	{ "flac", NULL, tell_odds },
	{ "marginal-effects", NULL, tell_effect },
	{ "calibration", "calibration_slope", tell_calibration },
	{ "cochran-armitage", "trend", tell_trend },
	{ "mantel-haenszel", "mh_odds_ratio", tell_strata },
	{ "breslow-day", "breslow_day", tell_homogeneity },
	{ "two-by-two", "risk_difference", tell_risks },
	{ "auc", "auc", tell_area },
};

static bool is_told(const struct kg_table *table, const struct teller *by, size_t row)
{
	const char *term = kg_column_text(kg_table_find(table, "term"), row);

	if (strcmp(kg_column_text(kg_table_find(table, "method"), row), by->method) != 0)
		return false;
	return by->term ? strcmp(term, by->term) == 0 : strcmp(term, "(Intercept)") != 0;
}

struct kg_told kg_told_read(const struct kg_attainment_run *run, struct kg_result *result, size_t row,
			    struct kg_arena *arena)
{
	const struct kg_table *table = result->table;
	const char *term = kg_column_text(kg_table_find(table, "term"), row);

	return (struct kg_told){ .term = kg_label_named(run->table, term, arena),
				 .method = kg_column_text(kg_table_find(table, "method"), row),
				 .outcome = kg_label_named(run->table, kg_formula_outcome(run->formula), arena),
				 .exposure = run->exposure ? kg_label_named(run->table, run->exposure, arena) : "",
				 .estimate = get_number(table, "estimate", row),
				 .low = get_number(table, "conf_low", row),
				 .high = get_number(table, "conf_high", row),
				 .odds = get_number(table, "odds_ratio", row),
				 .odds_low = get_number(table, "or_low", row),
				 .odds_high = get_number(table, "or_high", row),
				 .p = get_number(table, "p_value", row),
				 .n = get_number(table, "n", row),
				 .percent = 100 * run->params.conf_level,
				 .result = result,
				 .arena = arena };
}

/* Over many groups: on which side of no association the limits lie. */
static void tell_groups(const struct kg_attainment_run *run, const struct teller *by, struct kg_result *result,
			struct kg_arena *arena)
{
	size_t above = 0, below = 0, groups = run->groups.ngroup;
	const char *first = NULL;

	if (by->tell != tell_odds)
		return;
	for (size_t row = 0; row < result->table->nrow; row++) {
		struct kg_told told;

		if (!is_told(result->table, by, row))
			continue;
		told = kg_told_read(run, result, row, arena);
		first = first ? first : told.term;
		if (strcmp(first, told.term) != 0 || isnan(told.odds_low))
			continue;
		above += told.odds_low > 1;
		below += told.odds_high < 1;
	}
	if (first)
		kg_result_remark(
		    result, arena,
		    "%s: in %zu of %zu groups the whole interval of the odds ratio of '%s' lies above 1, in "
		    "%zu below",
		    by->method, above, groups, first, below);
}

static bool has_method(const struct kg_attainment_run *run, const char *id)
{
	for (size_t m = 0; m < run->options->method.count; m++)
		if (strcmp(run->options->method.name[m], id) == 0)
			return true;
	return false;
}

void kg_attainment_tell(const struct kg_attainment_run *run, struct kg_result *result, struct kg_arena *arena)
{
	size_t before = result->nremark;

	for (size_t k = 0; k < sizeof teller / sizeof teller[0]; k++) {
		size_t row = 0;

		if (run->options->robustness && k > 0)
			break;
		if (!has_method(run, teller[k].method))
			continue;
		if (run->groups.ngroup > 1) {
			tell_groups(run, &teller[k], result, arena);
			continue;
		}
		while (row < result->table->nrow && !is_told(result->table, &teller[k], row))
			row++;
		if (row < result->table->nrow) {
			struct kg_told told = kg_told_read(run, result, row, arena);

			teller[k].tell(&told);
		}
	}
	kg_attainment_tell_robustness(run, result, arena);
	if (result->nremark > before)
		kg_result_remark(
		    result, arena,
		    "An association is no cause, and one between places need not hold for the people in them; "
		    "an odds ratio is no ratio of probabilities");
}
