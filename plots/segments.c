#include "plots/segments.h"

#include <math.h>

#include "plots/beside.h"
#include "plots/say.h"

/* Factors per year that differ by less than this share are one: rounding of the fitted values. */
#define SAME_FACTOR 1e-6
#define APC_DECIMALS 2
/* Samples of a curve that labels keep clear of, between two neighbouring points. */
#define SAMPLES 8
/* The same along the mark of a break, and the pixels that its word takes. */
#define BREAK_SAMPLES 40
#define BREAK_WORD 100.0

/* What is written, and what it must not cover. */
struct notes {
	struct kg_point_label *label;
	double *point;
	size_t nlabel, npoint;
};

/* End of the segment that starts at `start`: the next joinpoint, which both segments share, or a series break. */
static size_t find_end(const struct kg_canvas *canvas, const struct kg_series *series,
		       const struct kg_column *joinpoint, size_t start)
{
	size_t end = start;

	while (end + 1 < series->n &&
	       !kg_series_breaks(canvas->picture->table->from, series->x[end], series->x[end + 1])) {
		end++;
		if (joinpoint && kg_column_real(joinpoint, series->row[end]) == 1)
			break;
	}
	return end;
}

/* The factor per year from `start` to `end`; NaN when it is not the same throughout. */
static double find_factor(const struct kg_series *series, const struct kg_column *fitted, size_t start, size_t end)
{
	double factor = NAN;

	for (size_t i = start; i < end; i++) {
		double before = kg_column_real(fitted, series->row[i]),
		       after = kg_column_real(fitted, series->row[i + 1]);
		double step =
		    before > 0 && after > 0 ? pow(after / before, 1 / (series->x[i + 1] - series->x[i])) : NAN;

		if (i > start && !(fabs(step - factor) <= SAME_FACTOR * factor))
			return NAN;
		factor = step;
	}
	return factor;
}

static void note_segment(struct kg_canvas *canvas, const struct kg_series *series, const struct kg_column *fitted,
			 const size_t ends[2], struct notes *notes)
{
	double factor = find_factor(series, fitted, ends[0], ends[1]), from = series->x[ends[0]],
	       to = series->x[ends[1]];
	double first = kg_column_real(fitted, series->row[ends[0]]),
	       last = kg_column_real(fitted, series->row[ends[1]]);
	const char *number;

	if (!isfinite(factor) || ends[1] < ends[0] + 2)
		return;
	number = kg_tick_text(100 * (factor - 1), APC_DECIMALS, KG_TICK_PERCENT, canvas->language, canvas->arena);
	notes->label[notes->nlabel++] =
	    (struct kg_point_label){ .x = (from + to) / 2,
				     .y = sqrt(first * last),
				     .far = true,
				     .text = kg_say(canvas, "APC %s", number ? number : "") };
}

static void add_point(struct notes *notes, double x, double y)
{
	notes->point[2 * notes->npoint] = x;
	notes->point[2 * notes->npoint++ + 1] = y;
}

/* Points and the curve between them. */
static void note_points(const struct kg_series *series, const struct kg_column *fitted, struct notes *notes)
{
	for (size_t i = 0; i < series->n; i++) {
		double here = kg_column_real(fitted, series->row[i]), next;

		if (isfinite(series->y[i]))
			add_point(notes, series->x[i], series->y[i]);
		next = i + 1 < series->n ? kg_column_real(fitted, series->row[i + 1]) : NAN;
		for (int k = 0; isfinite(here) && isfinite(next) && k < SAMPLES; k++) {
			double share = (double)k / SAMPLES;

			add_point(notes, series->x[i] + share * (series->x[i + 1] - series->x[i]),
				  here + share * (next - here));
		}
	}
}

/* The marks of series breaks, and the words at their heads. */
static void note_breaks(const struct kg_canvas *canvas, const struct kg_series_set *set, double *x, struct notes *notes)
{
	size_t count = kg_marks_find_breaks(canvas, set, x);

	for (size_t b = 0; b < count; b++)
		for (int k = 0; k <= BREAK_SAMPLES; k++) {
			double share = (double)k / BREAK_SAMPLES;

			add_point(notes, x[b], canvas->y.from + share * (canvas->y.to - canvas->y.from));
			add_point(notes, x[b] + share * BREAK_WORD * kg_canvas_unit_x(canvas),
				  canvas->y.to - canvas->body.size * kg_canvas_unit_y(canvas));
		}
}

void kg_segments_write(struct kg_canvas *canvas, const struct kg_series_set *set)
{
	struct kg_fitted_columns model = kg_fitted_find(canvas->picture->table);
	size_t room = canvas->picture->table->nrow + 1, nbreak = canvas->picture->table->from->nbreak;
	size_t npoint = (SAMPLES + 1) * room + 2 * (BREAK_SAMPLES + 1) * nbreak;
	struct notes notes = { KG_ARRAY(canvas->arena, struct kg_point_label, room),
			       KG_ARRAY(canvas->arena, double, 2 * npoint), 0, 0 };
	double *at = KG_ARRAY(canvas->arena, double, nbreak + 1);

	if (!model.fitted || !notes.label || !notes.point || !at || set->horizontal != KG_X_TIME)
		return;
	note_breaks(canvas, set, at, &notes);
	for (size_t s = 0; s < set->count; s++) {
		const struct kg_series *series = &set->series[s];

		note_points(series, model.fitted, &notes);
		for (size_t start = 0, end; start + 1 < series->n; start = end > start ? end : start + 1) {
			end = find_end(canvas, series, model.joinpoint, start);
			note_segment(canvas, series, model.fitted, (const size_t[]){ start, end }, &notes);
		}
	}
	kg_beside_write(canvas, notes.label, notes.nlabel,
			&(struct kg_cloud){ .point = notes.point, .npoint = notes.npoint });
}
