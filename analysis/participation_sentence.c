#include "participation_sentence.h"

#include <string.h>

#include "report/label.h"

/* The rows that the sentence is about. */
struct found {
	size_t count, bounded, first, least, most;
};

static double read_cell(const struct kg_table *table, const char *name, size_t row)
{
	return kg_column_real(kg_table_find(table, name), row);
}

static bool has_bounds(const struct kg_table *table, size_t row)
{
	return strcmp(kg_column_text(kg_table_find(table, "note"), row), kg_why_id(KG_WHY_BOUND)) == 0;
}

static struct found find_rows(const struct kg_sentence_plan *plan, const struct kg_table *table)
{
	const struct kg_column *term = kg_table_find(table, "term"), *method = kg_table_find(table, "method");
	const struct kg_column *estimate = kg_table_find(table, "estimate");
	uint32_t wanted = kg_column_code(term, plan->term), by = kg_column_code(method, plan->method);
	struct found found = { 0 };

	for (size_t i = 0; i < table->nrow; i++) {
		if (kg_column_missing(estimate, i) || !kg_column_is(term, i, wanted) || !kg_column_is(method, i, by))
			continue;
		if (!found.count++)
			found.first = found.least = found.most = i;
		if (estimate->real[i] < estimate->real[found.least])
			found.least = i;
		if (estimate->real[i] > estimate->real[found.most])
			found.most = i;
		found.bounded += has_bounds(table, i);
	}
	return found;
}

static void say_bounds(const struct kg_sentence_plan *plan, double low, double high, struct kg_result *result,
		       struct kg_arena *arena)
{
	const char *count = kg_label_column(plan->source->count, arena),
		   *of = kg_label_column(plan->source->denominator, arena);

	if (isnan(high) && low > 0)
		kg_result_remark(
		    result, arena,
		    "'%s' per %'g of '%s': at least %'.4g, since figures in the data are bounds (apart from "
		    "chance).",
		    count, plan->multiplier, of, low);
	else if (isnan(high))
		kg_result_remark(result, arena, "'%s' per %'g of '%s': the bounds in the data leave both ends open.",
				 count, plan->multiplier, of);
	else if (!(low > 0))
		kg_result_remark(
		    result, arena,
		    "'%s' per %'g of '%s': at most %'.4g, since figures in the data are bounds (apart from "
		    "chance).",
		    count, plan->multiplier, of, high);
	else
		kg_result_remark(
		    result, arena,
		    "'%s' per %'g of '%s': between %'.4g and %'.4g, since figures in the data are bounds (apart from "
		    "chance).",
		    count, plan->multiplier, of, low, high);
}

static void say_one(const struct kg_sentence_plan *plan, size_t row, struct kg_result *result, struct kg_arena *arena)
{
	const struct kg_table *table = result->table;
	const char *count = kg_label_column(plan->source->count, arena),
		   *of = kg_label_column(plan->source->denominator, arena);
	double estimate = read_cell(table, "estimate", row), low = read_cell(table, "conf_low", row);

	if (has_bounds(table, row))
		say_bounds(plan, read_cell(table, "bound_low", row), read_cell(table, "bound_high", row), result,
			   arena);
	else if (isnan(low))
		kg_result_remark(result, arena, "'%s' per %'g of '%s': %'.4g.", count, plan->multiplier, of, estimate);
	else
		kg_result_remark(result, arena, "'%s' per %'g of '%s': %'.4g (%g%% limits %'.4g to %'.4g).", count,
				 plan->multiplier, of, estimate, 100 * plan->conf_level, low,
				 read_cell(table, "conf_high", row));
}

void kg_participation_say(const struct kg_sentence_plan *plan, struct kg_result *result, struct kg_arena *arena)
{
	const struct kg_table *table = result->table;
	struct found found = find_rows(plan, table);
	const struct kg_column *group = plan->group ? kg_table_find(table, plan->group) : NULL;
	const char *least, *most;

	if (found.count == 1)
		say_one(plan, found.first, result, arena);
	if (found.count < 2 || !group)
		return;
	least = kg_column_cell(group, found.least, arena);
	most = kg_column_cell(group, found.most, arena);
	if (!least || !most)
		return;
	if (found.bounded)
		kg_result_remark(
		    result, arena,
		    "'%s' per %'g of '%s': from %'.4g (%s) to %'.4g (%s) at the stated figures; groups: %zu, of "
		    "them with bounds: %zu.",
		    kg_label_column(plan->source->count, arena), plan->multiplier,
		    kg_label_column(plan->source->denominator, arena), read_cell(table, "estimate", found.least), least,
		    read_cell(table, "estimate", found.most), most, found.count, found.bounded);
	else
		kg_result_remark(result, arena, "'%s' per %'g of '%s': from %'.4g (%s) to %'.4g (%s); groups: %zu.",
				 kg_label_column(plan->source->count, arena), plan->multiplier,
				 kg_label_column(plan->source->denominator, arena),
				 read_cell(table, "estimate", found.least), least,
				 read_cell(table, "estimate", found.most), most, found.count);
}
