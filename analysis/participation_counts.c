#include "participation_counts.h"

#include <string.h>

#include "base/buffer.h"
#include "base/number.h"
#include "report/label.h"
#include "table/period.h"
#include "table/take.h"

/* Four digits beyond these are a code, not a year. */
#define YEAR_LEAST 1500
#define YEAR_MOST 2200

enum kg_status kg_counts_open(const struct kg_table *table, const char *const name[4], struct kg_counts_source *source,
			      struct kg_error *error)
{
	*source = (struct kg_counts_source){ .table = table, .years_all = 1 };
	KG_TRY(kg_table_number(table, name[0], &source->count, error));
	KG_TRY(kg_table_number(table, name[1], &source->denominator, error));
	if (name[2])
		KG_TRY(kg_table_number(table, name[2], &source->weight, error));
	if (!name[3])
		return KG_OK;
	if (kg_number_parse(name[3], strlen(name[3]), '.', 0, &source->years_all) != KG_PARSED) {
		source->years_all = 1;
		return kg_table_number(table, name[3], &source->years, error);
	}
	if (!(source->years_all > 0))
		return kg_error_set(error, KG_EUSAGE,
				    "'%s' is no value for '--years'; give a number above 0 or a column", name[3]);
	return KG_OK;
}

void kg_counts_range(const struct kg_column *column, size_t row, double *low, double *high)
{
	double value = kg_column_real(column, row);
	double least = column->low ? column->low[row] : value, most = column->high ? column->high[row] : value;

	if (isnan(least) || isnan(most))
		least = most = value;
	if (isnan(value))
		least = most = 0;
	*low = least < 0 && least != most ? 0 : least;
	*high = most;
}

static double find_years(const struct kg_counts_source *source, size_t row)
{
	return source->years ? kg_column_real(source->years, row) : source->years_all;
}

static double find_sampling(const struct kg_counts_source *source, size_t row)
{
	return source->sampling ? kg_column_real(source->sampling, row) : 1;
}

static void add_range(const struct kg_counts_source *source, size_t row, double each, struct kg_counts *counts)
{
	double low, high, times = find_sampling(source, row), years = find_years(source, row) * times;

	each *= times;
	kg_counts_range(source->count, row, &low, &high);
	counts->bounded |= low != high;
	counts->count_low += (long double)low * each;
	counts->count_high += (long double)high * each;
	kg_counts_range(source->denominator, row, &low, &high);
	counts->bounded |= low != high;
	counts->denominator_low += (long double)low * years;
	counts->denominator_high += (long double)high * years;
}

bool kg_counts_make(const struct kg_counts_source *source, const uint32_t *row, size_t n, struct kg_arena *scratch,
		    struct kg_counts *counts)
{
	double *y = KG_ARRAY(scratch, double, n), *exposure = KG_ARRAY(scratch, double, n);
	double *weight = source->weight ? KG_ARRAY(scratch, double, n) : NULL;
	double *sampling = source->sampling ? KG_ARRAY(scratch, double, n) : NULL;
	size_t used = 0;

	*counts = (struct kg_counts){ 0 };
	if (!y || !exposure || (source->weight && !weight) || (source->sampling && !sampling))
		return false;
	for (size_t i = 0; i < n; i++) {
		double each = source->weight ? kg_column_real(source->weight, row[i]) : 1;
		double times = find_sampling(source, row[i]);

		y[used] = kg_column_real(source->count, row[i]);
		if (source->missing_zero && isnan(y[used]))
			y[used] = 0;
		exposure[used] = kg_column_real(source->denominator, row[i]) * find_years(source, row[i]);
		if (isnan(y[used]) || isnan(exposure[used]) || isnan(each) || isnan(times)) {
			counts->n_missing++;
			continue;
		}
		add_range(source, row[i], each, counts);
		counts->negative |= y[used] < 0 || each < 0 || times < 0;
		counts->above |= y[used] > exposure[used];
		counts->count += (long double)y[used] * each * times;
		counts->denominator += (long double)exposure[used] * times;
		if (weight)
			weight[used] = each;
		if (sampling)
			sampling[used] = times;
		used++;
	}
	counts->sample = (struct kg_sample){ .n = used, .y = y, .x = sampling, .exposure = exposure, .weight = weight };
	return true;
}

void kg_counts_bound(const struct kg_counts *counts, double multiplier, double most, struct kg_term *term)
{
	if (!counts->bounded || isnan(term->estimate))
		return;
	term->bound_low = (double)(multiplier * counts->count_low / counts->denominator_high);
	term->bound_high = (double)(multiplier * counts->count_high / counts->denominator_low);
	if (isnan(term->bound_low)) /* no end is known: infinite over infinite */
		term->bound_low = 0;
	if (isnan(term->bound_high))
		term->bound_high = INFINITY;
	if (term->bound_high > most)
		term->bound_high = most;
	term->why = KG_WHY_BOUND;
}

const char *kg_counts_unit(const struct kg_counts_source *source, double multiplier, struct kg_arena *arena)
{
	struct kg_buffer unit = kg_buffer_new(arena);

	if (source->count->unit)
		kg_buffer_printf(&unit, "%s ", source->count->unit);
	kg_buffer_add(&unit, "per ");
	if (multiplier != 1) {
		kg_number_exact(&unit, multiplier);
		kg_buffer_add_char(&unit, ' ');
	}
	kg_buffer_add(&unit, source->denominator->unit ? source->denominator->unit : source->denominator->name);
	if (source->years || source->years_all != 1)
		kg_buffer_add(&unit, " per year");
	return unit.failed ? NULL : unit.text;
}

void kg_counts_title(const struct kg_counts_source *source, const struct kg_names *by, struct kg_result *result,
		     struct kg_arena *arena)
{
	kg_result_title(result, arena, " per %s", kg_label_column(source->denominator, arena));
	kg_result_title_by(result, arena, by);
}

/* True when a column holds periods: then values lie along time. */
static bool is_time(const struct kg_table *table, const char *name, struct kg_arena *arena)
{
	struct kg_time time;

	return kg_time_read(table, name, arena, &time, NULL) == KG_OK && table->nrow && time.year[0] >= YEAR_LEAST &&
	       time.year[0] <= YEAR_MOST;
}

/* `others`: rows of the term by other methods. */
static enum kg_status take_shown(const struct kg_table *table, const struct kg_counts_shown *shown,
				 struct kg_arena *arena, struct kg_table **rows, bool *others, struct kg_error *error)
{
	const struct kg_column *term = kg_table_find(table, "term"), *method = kg_table_find(table, "method");
	uint32_t *row = KG_ARRAY(arena, uint32_t, table->nrow + 1), wanted = kg_column_code(term, shown->term);
	uint32_t by = shown->method ? kg_column_code(method, shown->method) : UINT32_MAX;
	size_t count = 0;

	if (!row)
		return kg_error_memory(error);
	for (size_t i = 0; i < table->nrow; i++) {
		if (!kg_column_is(term, i, wanted))
			continue;
		if (!shown->method || kg_column_is(method, i, by))
			row[count++] = (uint32_t)i;
		else
			*others = true;
	}
	return kg_table_take(table, row, count, arena, rows, error);
}

enum kg_status kg_counts_picture(struct kg_result *result, const struct kg_counts_shown *shown, struct kg_arena *arena,
				 struct kg_error *error)
{
	struct kg_table *rows;
	bool line, others = false;

	KG_TRY(take_shown(result->table, shown, arena, &rows, &others, error));
	line = strcmp(shown->kind, "bar") == 0 && is_time(rows, shown->label, arena);
	result->picture =
	    (struct kg_picture){ .kind = line ? "line" : shown->kind,
				 .table = rows,
				 .x = shown->label,
				 .y = "estimate",
				 .low = "conf_low",
				 .high = "conf_high",
				 .note = others ? kg_label_note(rows->name, rows->nrow, shown->method, arena)
						: NULL,
				 .label = shown->label };
	return KG_OK;
}
