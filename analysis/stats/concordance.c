#include "stats/concordance.h"

#include <math.h>

/* Pairs that stand in the wrong order in `code`, which is sorted on return; `room` has the same length. */
static double count_inversions(uint32_t *code, uint32_t *room, size_t n)
{
	uint64_t inversions = 0;

	for (size_t width = 1; width < n; width *= 2) {
		uint32_t *held = code;

		for (size_t start = 0; start < n; start += 2 * width) {
			size_t middle = start + width < n ? start + width : n;
			size_t end = start + 2 * width < n ? start + 2 * width : n;
			size_t left = start, right = middle, k = start;

			while (left < middle && right < end) {
				bool from_right = code[right] < code[left];

				room[k++] = from_right ? code[right] : code[left];
				inversions += from_right ? middle - left : 0;
				left += !from_right;
				right += from_right;
			}
			while (left < middle)
				room[k++] = code[left++];
			while (right < end)
				room[k++] = code[right++];
		}
		code = room;
		room = held;
	}
	return (double)inversions;
}

/* y codes in ascending order of x, ascending within ties of x: a counting sort on x of the order by y. */
static uint32_t *line_up(const struct kg_order *by_x, const struct kg_order *by_y, struct kg_arena *scratch)
{
	uint32_t *start = KG_ARRAY(scratch, uint32_t, by_x->ndistinct + 1);
	uint32_t *line = KG_ARRAY(scratch, uint32_t, by_x->n);

	if (!start || !line)
		return NULL;
	for (size_t i = 0; i < by_x->n; i++)
		start[by_x->code[i] + 1]++;
	for (size_t code = 0; code < by_x->ndistinct; code++)
		start[code + 1] += start[code];
	for (size_t i = 0; i < by_x->n; i++) {
		uint32_t who = by_y->index[i];

		line[start[by_x->code[who]]++] = by_y->code[who];
	}
	return line;
}

/* Pairs tied in both: runs of equal y codes within runs of equal x. */
static double count_double_ties(const struct kg_order *by_x, const uint32_t *line)
{
	double pairs = 0, run = 0;

	for (size_t i = 1; i < by_x->n; i++) {
		bool same = line[i] == line[i - 1] && by_x->code[by_x->index[i]] == by_x->code[by_x->index[i - 1]];

		run = same ? run + 1 : 0;
		pairs += run;
	}
	return pairs;
}

double kg_concordance_score(const struct kg_order *by_x, const struct kg_order *by_y, struct kg_arena *scratch)
{
	struct kg_arena_mark mark = kg_arena_mark(scratch);
	uint32_t *line = line_up(by_x, by_y, scratch), *room = KG_ARRAY(scratch, uint32_t, by_x->n);
	double n = (double)by_x->n, score = NAN;

	if (line && room) {
		score = n * (n - 1) / 2 - kg_order_ties(by_x).pairs - kg_order_ties(by_y).pairs;
		score += count_double_ties(by_x, line);
		score -= 2 * count_inversions(line, room, by_x->n);
	}
	kg_arena_rewind(scratch, mark);
	return score;
}

/* Fenwick tree of counts by code: sum over codes below `code`. */
static double sum_below(const double *tree, size_t code)
{
	double sum = 0;

	for (; code; code &= code - 1)
		sum += tree[code];
	return sum;
}

static void add_at(double *tree, size_t size, size_t code, double amount)
{
	for (code++; code <= size; code += code & -code)
		tree[code] += amount;
}

/* Observation i counts weight(i) times and has y code partner(i); NULL = once, its own. */
struct concordance {
	double score, total, tied_x, tied_y;
};

static struct concordance count_all(const struct kg_order *by_x, const struct kg_order *by_y, const uint32_t *order,
				    const uint32_t *count, struct kg_arena *scratch)
{
	size_t n = by_x->n, size = by_y->ndistinct;
	double *tree = KG_ARRAY(scratch, double, size + 1);
	struct concordance found = { tree ? 0 : NAN, 0, 0, 0 };

	for (size_t from = 0, end; tree && from < n; from = end) {
		double here = 0;

		for (end = from; end < n && by_x->code[by_x->index[end]] == by_x->code[by_x->index[from]]; end++) {
			uint32_t i = by_x->index[end], code = by_y->code[order ? order[i] : i];
			double weight = count ? count[i] : 1;

			if (weight == 0)
				continue;
			found.score += weight * (sum_below(tree, code) - (found.total - sum_below(tree, code + 1)));
			here += weight;
		}
		for (size_t k = from; k < end; k++) {
			uint32_t i = by_x->index[k];

			if (!count || count[i])
				add_at(tree, size, by_y->code[order ? order[i] : i], count ? count[i] : 1);
		}
		found.total += here;
		found.tied_x += here * (here - 1) / 2;
	}
	for (size_t code = 0; tree && code < size; code++) {
		double here = sum_below(tree, code + 1) - sum_below(tree, code);

		found.tied_y += here * (here - 1) / 2;
	}
	return found;
}

double kg_concordance_ordered(const struct kg_order *by_x, const struct kg_order *by_y, const uint32_t *order,
			      struct kg_arena *scratch)
{
	return count_all(by_x, by_y, order, NULL, scratch).score;
}

double kg_concordance_counted(const struct kg_order *by_x, const struct kg_order *by_y, const uint32_t *count,
			      struct kg_arena *scratch)
{
	struct concordance found = count_all(by_x, by_y, NULL, count, scratch);
	double all = found.total * (found.total - 1) / 2, tau;

	if (!(all > found.tied_x && all > found.tied_y))
		return NAN;
	tau = found.score / (sqrt(all - found.tied_x) * sqrt(all - found.tied_y));
	return fmax(-1, fmin(1, tau));
}

double kg_concordance_exact_p(double score, size_t n, struct kg_arena *scratch)
{
	size_t most = n * (n - 1) / 2, discordant = (size_t)rint(((double)most - fabs(score)) / 2);
	double *share = KG_ARRAY(scratch, double, most + 1), *next = KG_ARRAY(scratch, double, most + 1), tail = 0;

	if (!share || !next)
		return NAN;
	/* share[k]: probability of k inversions among i values; the next value adds 0 .. i of them, all alike */
	share[0] = 1;
	for (size_t i = 2; i <= n; i++) {
		double window = 0, *held = share;

		for (size_t k = 0; k <= most; k++) {
			window += share[k] - (k >= i ? share[k - i] : 0);
			next[k] = window / (double)i;
		}
		share = next;
		next = held;
	}
	for (size_t k = 0; k <= discordant; k++)
		tail += share[k];
	return fmin(1, 2 * tail);
}
