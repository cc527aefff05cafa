#include <math.h>
#include <string.h>

#include "stats/joinpoint.h"

/* Least sum of squares up to a joinpoint as a function of the fitted value v there: a v^2 - 2 b v + c.
 * `from` is the piece before, by joinpoint and position in its list. */
struct parabola {
	double a, b, c;
	uint32_t before, which;
};

struct list {
	struct parabola *one;
	size_t count;
};

/* Running sums over the points, for the sums of any piece; entry i is over the points before i. */
struct sums {
	double *w, *wx, *wxx, *wy, *wxy, *wyy;
};

struct search {
	const struct kg_points *points;
	const struct kg_joinpoint_rules *rules;
	struct sums sums;
	double *x, *y;
	struct list **list; /* [joinpoints so far][point] */
	struct kg_arena *scratch;
};

/* Sums of squares and products over a piece, of the shares s and 1 - s of its right and left end. */
struct piece {
	double left, cross, right, y_left, y_right, yy;
};

/* Points `first` .. `last`, the ends at points `from` and `last`. */
static struct piece measure(const struct search *search, size_t from, size_t first, size_t last)
{
	const struct sums *s = &search->sums;
	double x0 = search->x[from], span = search->x[last] - x0;
	double w = s->w[last + 1] - s->w[first], wx = s->wx[last + 1] - s->wx[first];
	double wy = s->wy[last + 1] - s->wy[first], ws = (wx - x0 * w) / span;
	double wss = (s->wxx[last + 1] - s->wxx[first] - 2 * x0 * wx + x0 * x0 * w) / (span * span);
	double wsy = (s->wxy[last + 1] - s->wxy[first] - x0 * wy) / span;

	return (struct piece){ w - 2 * ws + wss, ws - wss, wss, wy - wsy, wsy, s->wyy[last + 1] - s->wyy[first] };
}

/* The parabola at the right end of a piece, the value at the left end minimised out. */
static struct parabola extend(const struct parabola *before, const struct piece *piece)
{
	double a = before->a + piece->left, b = before->b + piece->y_left;

	return (struct parabola){ .a = piece->right - piece->cross * piece->cross / a,
				  .b = piece->y_right - piece->cross * b / a,
				  .c = before->c + piece->yy - b * b / a };
}

static double least(const struct parabola *parabola)
{
	return parabola->c - parabola->b * parabola->b / parabola->a;
}

/* Where `other` first falls below `now` beyond v; INFINITY when it never does. */
static double find_crossing(const struct parabola *now, const struct parabola *other, double v)
{
	double a = other->a - now->a, b = other->b - now->b, c = other->c - now->c, root, q, one, two;

	if (a == 0) {
		one = c / (2 * b);
		return b > 0 && one > v ? one : INFINITY;
	}
	root = b * b - a * c;
	if (root <= 0)
		return INFINITY;
	q = b + copysign(sqrt(root), b);
	one = q / a;
	two = c / q;
	/* falls at the lower root when it opens upwards, at the upper root when it opens downwards */
	root = a > 0 ? fmin(one, two) : fmax(one, two);
	return root > v ? root : INFINITY;
}

/* Lowest at minus infinity: least a, then least slope there. */
static size_t find_first(const struct list *list)
{
	size_t first = 0;

	for (size_t i = 1; i < list->count; i++) {
		const struct parabola *now = &list->one[first], *other = &list->one[i];

		if (other->a < now->a ||
		    (other->a == now->a && (other->b < now->b || (other->b == now->b && other->c < now->c))))
			first = i;
	}
	return first;
}

/* Keeps the parabolas that are lowest somewhere: no other can be part of a best placement. */
static void keep_envelope(struct list *list, struct parabola *room)
{
	size_t now, count = 0;
	double v = -INFINITY;

	if (list->count < 2)
		return;
	now = find_first(list);
	for (;;) {
		double nearest = INFINITY;
		size_t next = now;

		room[count++] = list->one[now];
		for (size_t i = 0; i < list->count; i++) {
			double at = i == now ? INFINITY : find_crossing(&list->one[now], &list->one[i], v);

			if (at < nearest) {
				nearest = at;
				next = i;
			}
		}
		if (next == now || count == list->count)
			break;
		now = next;
		v = nearest;
	}
	memcpy(list->one, room, count * sizeof *room);
	list->count = count;
}

static bool add_sums(struct search *search)
{
	const struct kg_points *points = search->points;
	double **sum[] = { &search->sums.w,  &search->sums.wx,	&search->sums.wxx,
			   &search->sums.wy, &search->sums.wxy, &search->sums.wyy };
	size_t n = points->n;

	for (size_t k = 0; k < 6; k++) {
		*sum[k] = KG_ARRAY(search->scratch, double, n + 1);
		if (!*sum[k])
			return false;
	}
	for (size_t i = 0; i < n; i++) {
		double w = points->weight ? points->weight[i] : 1, x = search->x[i], y = search->y[i];
		double term[] = { w, w * x, w * x * x, w * y, w * x * y, w * y * y };

		for (size_t k = 0; k < 6; k++)
			(*sum[k])[i + 1] = (*sum[k])[i] + term[k];
	}
	return true;
}

/* Times from their middle; values from the straight line through all, which changes no residual. */
static bool centre(struct search *search)
{
	const struct kg_points *points = search->points;
	size_t n = points->n;
	long double w = 0, mx = 0, my = 0, sxx = 0, sxy = 0;

	search->x = KG_ARRAY(search->scratch, double, n);
	search->y = KG_ARRAY(search->scratch, double, n);
	if (!search->x || !search->y)
		return false;
	for (size_t i = 0; i < n; i++) {
		double weight = points->weight ? points->weight[i] : 1;

		w += weight;
		mx += weight * points->x[i];
		my += weight * points->y[i];
	}
	mx /= w;
	my /= w;
	for (size_t i = 0; i < n; i++) {
		double weight = points->weight ? points->weight[i] : 1;

		sxx += weight * (points->x[i] - mx) * (points->x[i] - mx);
		sxy += weight * (points->x[i] - mx) * (points->y[i] - my);
	}
	for (size_t i = 0; i < n; i++) {
		search->x[i] = (double)(points->x[i] - mx);
		search->y[i] = (double)(points->y[i] - my - sxy / sxx * (points->x[i] - mx));
	}
	return add_sums(search);
}

/* All parabolas at point `to` with j joinpoints, `to` the last of them. */
static bool reach_point(struct search *search, size_t j, size_t to, struct parabola *room)
{
	struct list *list = &search->list[j][to];
	const size_t gap = search->rules->min_between + 1;

	if (j == 1) {
		struct parabola start = { 0 };
		struct piece piece = measure(search, 0, 0, to);

		room[0] = extend(&start, &piece);
		list->count = 1;
	}
	list->one = room;
	for (size_t from = search->rules->min_end; j > 1 && from + gap <= to; from++) {
		const struct list *before = &search->list[j - 1][from];
		struct piece piece = measure(search, from, from + 1, to);

		for (size_t i = 0; i < before->count; i++) {
			struct parabola *next = &room[list->count++];

			*next = extend(&before->one[i], &piece);
			next->before = (uint32_t)from;
			next->which = (uint32_t)i;
		}
	}
	keep_envelope(list, room + list->count);
	list->one = KG_ARRAY(search->scratch, struct parabola, list->count);
	if (!list->one)
		return false;
	memcpy(list->one, room, list->count * sizeof *room);
	return true;
}

/* Parabolas that may meet at one point: all kept at earlier points. */
static struct parabola *make_room(const struct search *search, size_t j)
{
	size_t most = 1;

	for (size_t i = 0; j > 1 && i < search->points->n; i++)
		most += search->list[j - 1][i].count;
	return KG_ARRAY(search->scratch, struct parabola, 2 * most);
}

static bool reach_all(struct search *search, size_t most)
{
	size_t n = search->points->n, end = search->rules->min_end;

	search->list = KG_ARRAY(search->scratch, struct list *, most + 1);
	if (!search->list)
		return false;
	for (size_t j = 1; j <= most; j++) {
		struct parabola *room;

		search->list[j] = KG_ARRAY(search->scratch, struct list, n);
		room = search->list[j] ? make_room(search, j) : NULL;
		if (!room)
			return false;
		for (size_t to = end; to + end < n; to++)
			if (!reach_point(search, j, to, room))
				return false;
	}
	return true;
}

static void trace_back(const struct search *search, size_t j, size_t at, size_t which, struct kg_placement *placement)
{
	while (j) {
		const struct parabola *now = &search->list[j][at].one[which];

		placement->at[--j] = at;
		at = now->before;
		which = now->which;
	}
}

/* Closes every path of k joinpoints with a last piece and keeps the best. */
static struct kg_placement close_paths(const struct search *search, size_t k)
{
	struct kg_placement best = { .k = k, .sse = INFINITY };
	const size_t last = search->points->n - 1;
	size_t best_at = 0, best_which = 0;

	for (size_t at = search->rules->min_end; at + search->rules->min_end <= last; at++) {
		const struct list *list = &search->list[k][at];
		struct piece piece = measure(search, at, at + 1, last);

		for (size_t i = 0; i < list->count; i++) {
			struct parabola whole = extend(&list->one[i], &piece);

			if (least(&whole) < best.sse) {
				best.sse = least(&whole);
				best_at = at;
				best_which = i;
			}
		}
	}
	if (isinf(best.sse))
		best.sse = NAN;
	else
		trace_back(search, k, best_at, best_which, &best);
	return best;
}

bool kg_joinpoint_search(const struct kg_points *points, const struct kg_joinpoint_rules *rules,
			 struct kg_arena *scratch, struct kg_placement *best)
{
	struct kg_arena_mark mark = kg_arena_mark(scratch);
	struct search search = { .points = points, .rules = rules, .scratch = scratch };
	bool done = centre(&search) && reach_all(&search, rules->most);

	for (size_t k = 0; done && k <= rules->most; k++)
		best[k] = k ? close_paths(&search, k) : (struct kg_placement){ .sse = search.sums.wyy[points->n] };
	kg_arena_rewind(scratch, mark);
	return done;
}

/* The points in opposite order. */
static struct kg_points mirror(const struct kg_points *points, struct kg_arena *scratch)
{
	size_t n = points->n;
	double *x = KG_ARRAY(scratch, double, n), *y = KG_ARRAY(scratch, double, n);
	double *weight = KG_ARRAY(scratch, double, n);

	for (size_t i = 0; !kg_arena_failed(scratch) && i < n; i++) {
		x[i] = -points->x[n - 1 - i];
		y[i] = points->y[n - 1 - i];
		weight[i] = points->weight ? points->weight[n - 1 - i] : 1;
	}
	return (struct kg_points){ n, x, y, weight };
}

/* Least sum of a path up to a point and a path from there on; the point itself is in both and taken out once. */
static double join(const struct list *left, const struct list *right, double weight, double y)
{
	double best = INFINITY;

	for (size_t i = 0; i < left->count; i++)
		for (size_t j = 0; j < right->count; j++) {
			struct parabola whole = { .a = left->one[i].a + right->one[j].a - weight,
						  .b = left->one[i].b + right->one[j].b - weight * y,
						  .c = left->one[i].c + right->one[j].c - weight * y * y };

			best = fmin(best, least(&whole));
		}
	return isinf(best) ? NAN : best;
}

bool kg_joinpoint_profile(const struct kg_points *points, const struct kg_joinpoint_rules *rules, size_t k,
			  struct kg_arena *scratch, double *sse)
{
	struct kg_arena_mark mark = kg_arena_mark(scratch);
	const struct kg_points back = mirror(points, scratch);
	struct search ahead = { .points = points, .rules = rules, .scratch = scratch };
	struct search behind = { .points = &back, .rules = rules, .scratch = scratch };
	bool done = !kg_arena_failed(scratch) && centre(&ahead) && centre(&behind) && reach_all(&ahead, k) &&
		    reach_all(&behind, k);
	size_t n = points->n;

	for (size_t j = 0; done && j < k; j++)
		for (size_t i = 0; i < n; i++)
			sse[j * n + i] = join(&ahead.list[j + 1][i], &behind.list[k - j][n - 1 - i],
					      points->weight ? points->weight[i] : 1, ahead.y[i]);
	kg_arena_rewind(scratch, mark);
	return done;
}
