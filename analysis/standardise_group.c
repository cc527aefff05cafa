#include "standardise_group.h"

#include <string.h>

#include "base/text.h"

static bool allocate(struct kg_strata_group *group, size_t count, struct kg_arena *scratch)
{
	*group = (struct kg_strata_group){ .seen = KG_ARRAY(scratch, bool, count),
					   .variance = KG_ARRAY(scratch, double, count) };
	return group->seen && group->variance && kg_strata_figures_make(&group->events, count, scratch) &&
	       kg_strata_figures_make(&group->population, count, scratch);
}

static void add_events(struct kg_strata_group *group, size_t s, const struct kg_counts *row)
{
	double each = row->sample.weight ? row->sample.weight[0] : 1, events = row->sample.y[0] * each;

	group->variance[s] += events * each;
	kg_strata_figures_add(&group->events, s, events, (double)row->count_low, (double)row->count_high);
}

/* The total is kept in the first stratum: only sums are used. */
static void set_total(struct kg_strata_group *group, const struct kg_counts *row)
{
	group->contradicts |= group->totalled && group->events.stated[0] != row->sample.y[0];
	if (!group->totalled)
		add_events(group, 0, row);
	group->totalled = true;
}

static void add_population(struct kg_strata_group *group, size_t s, const struct kg_counts *row)
{
	kg_strata_figures_add(&group->population, s, row->sample.exposure[0], (double)row->denominator_low,
			      (double)row->denominator_high);
}

/* Adds one row, which `row` describes, to stratum s; `once`: its population stands in several rows. */
static void add_row(struct kg_strata_group *group, size_t s, const struct kg_counts *row, bool once)
{
	bool again = once && group->seen[s];

	group->repeated |= again && group->population.stated[s] != row->sample.exposure[0];
	if (!again)
		add_population(group, s, row);
	group->seen[s] = true;
	group->sum.bounded |= row->bounded;
	group->sum.negative |= row->negative;
	group->sum.sample.n++;
}

bool kg_strata_group_make(const struct kg_strata_source *source, const uint32_t *row, size_t n,
			  struct kg_arena *scratch, struct kg_strata_group *group)
{
	if (!allocate(group, source->strata->count, scratch))
		return false;
	for (size_t i = 0; i < n; i++) {
		size_t s = source->strata->of_row[row[i]];
		struct kg_counts one;

		if (!kg_counts_make(source->counts, &row[i], 1, scratch, &one))
			return false;
		group->sum.n_missing += one.n_missing;
		if (!one.sample.n)
			continue;
		add_row(group, s, &one, source->counts->weight != NULL);
		if (!source->total)
			add_events(group, s, &one);
		else if (!kg_column_missing(source->counts->count, row[i]))
			set_total(group, &one);
	}
	if (source->total && !group->totalled)
		group->sum.n_missing++;
	return true;
}

enum kg_why kg_strata_group_refuse(const struct kg_strata_group *group, size_t strata)
{
	if (group->sum.n_missing > 0)
		return KG_WHY_MISSING;
	if (group->sum.negative)
		return KG_WHY_NEGATIVE;
	if (group->contradicts)
		return KG_WHY_UNEQUAL_TOTAL;
	for (size_t s = 0; s < strata; s++)
		if (!group->seen[s])
			return KG_WHY_MISSING_STRATUM;
	return group->repeated ? KG_WHY_UNEQUAL_POPULATION : KG_WHY_NONE;
}

struct kg_counts kg_strata_group_sum(const struct kg_strata_group *group, size_t strata)
{
	struct kg_counts sum = { 0 };

	for (size_t s = 0; s < strata; s++) {
		sum.count += group->events.stated[s];
		sum.denominator += group->population.stated[s];
	}
	return sum;
}

/* Which group of the leading keys each group belongs to, and how many of those there are. */
struct leaders {
	size_t *of, count;
};

static enum kg_status find_leaders(const struct kg_table *table, const struct kg_groups *groups, struct kg_arena *arena,
				   struct leaders *leaders, struct kg_error *error)
{
	const char **name = KG_ARRAY(arena, const char *, groups->nby);
	struct kg_names leading = { name, groups->nby - 1 };
	size_t *of_row = KG_ARRAY(arena, size_t, table->nrow + 1);
	struct kg_groups outer;

	leaders->of = KG_ARRAY(arena, size_t, groups->ngroup + 1);
	if (!of_row || !leaders->of || !name)
		return kg_error_memory(error);
	for (size_t j = 0; j < leading.count; j++)
		name[j] = groups->by[j]->name;
	KG_TRY(kg_groups_make(table, &leading, arena, &outer, error));
	for (size_t g = 0; g < outer.ngroup; g++)
		for (size_t i = outer.start[g]; i < outer.start[g + 1]; i++)
			of_row[outer.row[i]] = g;
	for (size_t g = 0; g < groups->ngroup; g++)
		leaders->of[g] = groups->start[g] < groups->start[g + 1] ? of_row[groups->row[groups->start[g]]] : 0;
	leaders->count = outer.ngroup;
	return KG_OK;
}

enum kg_status kg_strata_references(const struct kg_table *table, const struct kg_groups *groups, const char *value,
				    struct kg_arena *arena, size_t **reference, struct kg_error *error)
{
	struct leaders leaders = { NULL, 0 };
	size_t *of_leader, *found = KG_ARRAY(arena, size_t, groups->ngroup + 1), known = 0;

	KG_TRY(find_leaders(table, groups, arena, &leaders, error));
	of_leader = KG_ARRAY(arena, size_t, leaders.count + 1);
	if (!of_leader || !found)
		return kg_error_memory(error);
	memset(of_leader, 0xff, (leaders.count + 1) * sizeof *of_leader);
	for (size_t g = 0; g < groups->ngroup; g++) {
		const struct kg_column *last = groups->by[groups->nby - 1];

		if (!kg_text_equal(kg_column_cell(last, groups->row[groups->start[g]], arena), value))
			continue;
		of_leader[leaders.of[g]] = g;
		known++;
	}
	for (size_t g = 0; g < groups->ngroup; g++)
		found[g] = of_leader[leaders.of[g]];
	*reference = found;
	if (!known)
		return kg_error_set(error, KG_EUSAGE,
				    "'%s' in --compare is not among the values of '%s'; name one of them", value,
				    groups->by[groups->nby - 1]->name);
	return KG_OK;
}
