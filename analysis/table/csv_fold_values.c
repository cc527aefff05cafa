#include "base/number.h"
#include "table/csv_fold_sink.h"

struct fold_column {
	const struct kg_fold_sink *sink;
	size_t value;
	enum kg_type type;
	double *real, *low, *high;
	uint8_t *missing;
};

static enum kg_type choose_type(const struct kg_fold_sink *sink, size_t v)
{
	const struct kg_cell_rule *rule = &sink->plan->rule[sink->plan->value[v]];
	bool picked = sink->plan->how == KG_FOLD_MIN || sink->plan->how == KG_FOLD_MAX;

	if (sink->plan->how == KG_FOLD_MEAN)
		return KG_REAL;
	if (rule->type == KG_BOOLEAN && !picked)
		return KG_INTEGER;
	if (rule->guessed)
		return sink->valued[v] && !sink->fractional[v] ? KG_INTEGER : KG_REAL;
	return rule->type;
}

/* Integers that a double does not hold exactly are no integers any more. */
static enum kg_type check_size(const struct fold_column *made, size_t count)
{
	for (size_t i = 0; made->type == KG_INTEGER && i < count; i++)
		if (made->real[i] > KG_INTEGER_MOST || made->real[i] < -KG_INTEGER_MOST)
			return KG_REAL;
	return made->type;
}

static bool fill_row(struct fold_column *made, const struct kg_fold_member *member, size_t row)
{
	size_t v = made->value;
	struct kg_folded folded = kg_fold_groups_value(member->part, member->group, v);
	long double share = made->sink->plan->how == KG_FOLD_MEAN ? (long double)folded.count : 1;
	const struct kg_fold_range *range = &folded.range;

	if (!folded.count) {
		made->missing[row >> 3] |= (uint8_t)(1 << (row & 7));
		return false;
	}
	made->real[row] = (double)(folded.total / share);
	if (made->low) {
		made->low[row] = (double)(range->low / share);
		made->high[row] = (double)((made->sink->fractional[v] ? range->high_real : range->high_whole) / share);
		if (!made->sink->fractional[v])
			made->real[row] = (double)(range->stated_whole / share);
	}
	return true;
}

/* What was counted while reading; NULL where all missing cells were just empty. */
static const struct kg_absent *tell_absent(const struct kg_fold_sink *sink, size_t v)
{
	const struct kg_cell_rule *rule = &sink->plan->rule[sink->plan->value[v]];
	struct kg_absent *absent = &sink->absent[v];

	absent->missing = rule->missing ? rule->missing : &kg_missing_usual;
	for (size_t k = KG_MISSING_TOKEN; k < KG_MISSING_KINDS; k++)
		if (absent->count[k])
			return absent;
	return NULL;
}

static enum kg_status fill_column(const struct kg_fold_sink *sink, size_t v, const struct kg_fold_member *member,
				  size_t count, struct kg_arena *arena, struct kg_column *column)
{
	struct fold_column made = { .sink = sink, .value = v, .type = choose_type(sink, v) };
	const struct kg_field *field = sink->plan->field[sink->plan->value[v]];
	bool any_missing = false;

	made.real = KG_ARRAY(arena, double, count);
	made.missing = KG_ARRAY(arena, uint8_t, count / 8 + 1);
	if (sink->bounded[v]) {
		made.low = KG_ARRAY(arena, double, count);
		made.high = KG_ARRAY(arena, double, count);
	}
	if (kg_arena_failed(arena))
		return KG_ENOMEM;
	for (size_t i = 0; i < count; i++)
		any_missing |= !fill_row(&made, &member[i], i);
	*column = (struct kg_column){ .name = sink->plan->name[sink->plan->value[v]],
				      .unit = field ? field->unit : NULL,
				      .title = field ? field->title : NULL,
				      .type = check_size(&made, count),
				      .missing = any_missing ? made.missing : NULL,
				      .absent = tell_absent(sink, v),
				      .real = made.real,
				      .low = made.low,
				      .high = made.high };
	return KG_OK;
}

enum kg_status kg_fold_values(const struct kg_fold_sink *sink, const struct kg_fold_member *member, size_t count,
			      struct kg_arena *arena, struct kg_column *column, struct kg_error *error)
{
	for (size_t v = 0; v < sink->plan->nvalue; v++)
		if (fill_column(sink, v, member, count, arena, &column[v]) != KG_OK)
			return kg_error_memory(error);
	return KG_OK;
}
