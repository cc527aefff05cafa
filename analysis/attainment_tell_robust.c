#include <string.h>

#include "attainment_tell.h"
#include "report/label.h"

/* First row of that term; its number of rows when there is none. */
static size_t find_term(const struct kg_table *table, const char *term)
{
	const struct kg_column *column = kg_table_find(table, "term");
	size_t row = 0;

	while (row < table->nrow && strcmp(kg_column_text(column, row), term) != 0)
		row++;
	return row;
}

static double get_at(const struct kg_table *table, const char *term, const char *column)
{
	size_t row = find_term(table, term);

	return row < table->nrow ? kg_column_real(kg_table_find(table, column), row) : NAN;
}

static const char *name_left_out(const struct kg_table *table, size_t row, struct kg_arena *arena)
{
	return kg_label_argument("attainment", "left_out", kg_column_text(kg_table_find(table, "left_out"), row), arena);
}

/* Places without which no estimate is left; false when there are none. */
static bool tell_no_estimate(const struct kg_table *table, const struct kg_told *whole, double low, double high)
{
	const struct kg_column *term = kg_table_find(table, "term");
	size_t first = find_term(table, "without_place"), count = 0;

	for (size_t i = first; i < table->nrow; i++)
		count += strcmp(kg_column_text(term, i), "without_place") == 0;
	if (count > 0)
		kg_result_remark(whole->result, whole->arena,
				 "Places without which '%s' has no finite estimate: %zu (the first is '%s'); without "
				 "any other one its odds ratio lies between %.3g and %.3g",
				 whole->term, count, name_left_out(table, first, whole->arena), low,
				 high);
	return count > 0;
}

static void tell_left_out(const struct kg_table *table, const struct kg_told *whole)
{
	double low = get_at(table, "without_place_lowest", "odds_ratio");
	double high = get_at(table, "without_place_highest", "odds_ratio");
	size_t most = find_term(table, "most_influential");

	if (most == table->nrow || tell_no_estimate(table, whole, low, high))
		return;
	if ((low > 1) == (high > 1))
		kg_result_remark(
		    whole->result, whole->arena,
		    "Whichever single place is left out, the odds ratio of '%s' keeps its side of 1: it stays "
		    "between %.3g and %.3g; '%s' matters most",
		    whole->term, low, high, name_left_out(table, most, whole->arena));
	else
		kg_result_remark(
		    whole->result, whole->arena,
		    "A single place decides on which side of 1 the odds ratio of '%s' lies: without one it is "
		    "%.3g, without another %.3g; '%s' matters most",
		    whole->term, low, high, name_left_out(table, most, whole->arena));
}

static void tell_changes(const struct kg_table *table, const struct kg_told *whole)
{
	double lost = get_at(table, "changes_to_lose_significance", "estimate");
	double turned = get_at(table, "changes_to_reverse_sign", "estimate");

	if (lost > 0)
		kg_result_remark(
		    whole->result, whole->arena,
		    "Changing %.0f of %.0f outcomes is enough for the limits of '%s' to include no association", lost,
		    whole->n, whole->term);
	if (turned > 0)
		kg_result_remark(whole->result, whole->arena,
				 "Changing %.0f of %.0f outcomes is enough to turn the sign of '%s'", turned, whole->n,
				 whole->term);
}

static void tell_between(const struct kg_attainment_run *run, const struct kg_table *table, const struct kg_told *whole)
{
	bool reversed = find_term(table, "between_clusters_reversed") < table->nrow;
	double odds = get_at(table, reversed ? "between_clusters_reversed" : "between_clusters", "odds_ratio");

	if (reversed)
		kg_result_remark(whole->result, whole->arena,
				 "Between the values of '%s' the association of '%s' has the opposite sign (odds ratio "
				 "%.3g): what holds at one level does not hold at the other",
				 kg_label_column(run->cluster, whole->arena), whole->term, odds);
	else if (isfinite(odds))
		kg_result_remark(
		    whole->result, whole->arena,
		    "Between the values of '%s' the association of '%s' has the same sign (odds ratio %.3g)",
		    kg_label_column(run->cluster, whole->arena), whole->term, odds);
}

void kg_attainment_tell_robustness(const struct kg_attainment_run *run, struct kg_result *result,
				   struct kg_arena *arena)
{
	struct kg_told whole;

	if (!run->options->robustness || run->groups.ngroup != 1 || result->table->nrow == 0)
		return;
	whole = kg_told_read(run, result, 0, arena);
	tell_left_out(result->table, &whole);
	tell_changes(result->table, &whole);
	tell_between(run, result->table, &whole);
	if (run->options->instead.count)
		kg_result_remark(
		    result, arena,
		    "Odds ratios of different columns are per one unit of each: compare their direction and p, "
		    "not their size");
}
