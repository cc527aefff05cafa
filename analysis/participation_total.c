#include "participation_total.h"

#include <math.h>

#include "report/label.h"

/* Sums of the same numbers in another order differ by less. */
#define SUM_SLACK 1e-12L

bool kg_counts_total_open(struct kg_counts_total *total, const struct kg_counts_source *source, size_t ngroup,
			  struct kg_arena *arena)
{
	*total = (struct kg_counts_total){ .source = source,
					   .count = KG_ARRAY(arena, long double, ngroup + 1),
					   .denominator = KG_ARRAY(arena, long double, ngroup + 1),
					   .ngroup = ngroup };
	return total->count && total->denominator;
}

void kg_counts_total_keep(const struct kg_counts_total *total, size_t group, const struct kg_counts *counts)
{
	total->count[group] = counts->count;
	total->denominator[group] = counts->denominator;
}

struct sum {
	double read, kept;
};

static struct sum compare_sums(long double read, const long double *part, size_t n)
{
	long double kept = 0;

	for (size_t g = 0; g < n; g++)
		kept += part[g];
	return (struct sum){ (double)read, (double)(fabsl(read - kept) <= SUM_SLACK * fabsl(read) ? read : kept) };
}

/* Sum of a column over complete rows, each `each` (NULL = 1) times its sampling weight. */
static long double add_up(const struct kg_counts_source *source, const struct kg_column *column,
			  const struct kg_column *each)
{
	long double sum = 0;

	for (size_t i = 0; i < source->table->nrow; i++) {
		long double times =
		    (each ? kg_column_real(each, i) : 1) * (source->sampling ? kg_column_real(source->sampling, i) : 1);

		if (!kg_column_missing(column, i) && !isnan(times))
			sum += kg_column_real(column, i) * times;
	}
	return sum;
}

static bool has_bounds(const struct kg_column *column, size_t nrow)
{
	for (size_t i = 0; column->low && i < nrow; i++)
		if (!kg_column_missing(column, i) && column->low[i] < column->high[i])
			return true;
	return false;
}

void kg_counts_total_say(const struct kg_counts_total *total, bool people, struct kg_result *result,
			 struct kg_arena *arena)
{
	const struct kg_counts_source *source = total->source;
	struct sum count = compare_sums(add_up(source, source->count, source->weight), total->count, total->ngroup);
	struct sum all = compare_sums(add_up(source, source->denominator, NULL), total->denominator, total->ngroup);

	bool lost = count.read != count.kept || (people && all.read != all.kept);

	if (!lost && people)
		kg_result_remark(result, arena,
				 "Totals: %'.15g of '%s', %'.15g of '%s', all of it in rows with an estimate.",
				 count.read, kg_label_column(source->count, arena), all.read,
				 kg_label_column(source->denominator, arena));
	else if (!lost)
		kg_result_remark(result, arena, "Total: %'.15g of '%s', all of it in rows with an estimate.",
				 count.read, kg_label_column(source->count, arena));
	else if (people)
		kg_result_remark(
		    result, arena,
		    "Totals read: %'.15g of '%s', %'.15g of '%s'; in rows with an estimate: %'.15g and %'.15g.",
		    count.read, kg_label_column(source->count, arena), all.read,
		    kg_label_column(source->denominator, arena), count.kept, all.kept);
	else
		kg_result_remark(result, arena, "Total read: %'.15g of '%s'; in rows with an estimate: %'.15g.",
				 count.read, kg_label_column(source->count, arena), count.kept);
	if (has_bounds(source->count, source->table->nrow) || has_bounds(source->denominator, source->table->nrow))
		kg_result_remark(result, arena, "Totals are of the stated figures, though some are bounds.");
}
