#include "plots/beside.h"

#include <math.h>
#include <stdint.h>

#define POINT_RADIUS 4.0
#define GAP 5.0
#define WIDTH_SHARE 0.35 /* of the figure, for one label; longer ones are cut */

/* Sides that are tried, the best first: direction from the point to the label. */
static const struct side {
	double x, y;
} side[] = { { 1, 0 },	 { -1, 0 }, { 0, 1 }, { 0, -1 }, { 1, 1 },  { 1, -1 }, { -1, 1 },
	     { -1, -1 }, { 0, -2 }, { 0, 2 }, { -1, 2 }, { 1, -2 }, { 0, -3 }, { 0, 3 } };
#define SIDES (sizeof side / sizeof side[0])
#define SIDES_NEAR 8 /* the others are for labels that may stand farther off */

static bool overlap(const struct kg_rectangle *a, const struct kg_rectangle *b)
{
	return a->left < b->right && b->left < a->right && a->bottom < b->top && b->bottom < a->top;
}

static struct kg_rectangle cover(const struct kg_canvas *canvas, const struct kg_point_label *label,
				 const struct side *to)
{
	double width = kg_typeface_width(&canvas->body, label->text), height = canvas->body.size;
	double x = kg_canvas_px_x(canvas, label->x) + to->x * (width / 2 + GAP * (to->y != 0 ? 0.5 : 1));
	double y = kg_canvas_px_y(canvas, label->y) + to->y * (height / 2 + GAP * 0.8);

	return (struct kg_rectangle){ x - width / 2, x + width / 2, y - height / 2, y + height / 2 };
}

static size_t count_covered(const struct kg_canvas *canvas, const struct kg_rectangle *area, const double *point,
			    size_t npoint)
{
	size_t covered = 0;

	for (size_t i = 0; i < npoint; i++) {
		double x = kg_canvas_px_x(canvas, point[2 * i]), y = kg_canvas_px_y(canvas, point[2 * i + 1]);

		covered += x > area->left - POINT_RADIUS && x < area->right + POINT_RADIUS &&
			   y > area->bottom - POINT_RADIUS / 2 && y < area->top + POINT_RADIUS / 2;
	}
	return covered;
}

static bool is_free(const struct kg_canvas *canvas, const struct kg_rectangle *area, const struct kg_rectangle *placed,
		    size_t nplaced)
{
	if (area->left < canvas->plot.left || area->right > canvas->width - 4 || area->top > canvas->plot.top + 6 ||
	    area->bottom < canvas->plot.bottom + 2)
		return false;
	for (size_t i = 0; i < nplaced; i++)
		if (overlap(area, &placed[i]))
			return false;
	return true;
}

void kg_beside_write(struct kg_canvas *canvas, const struct kg_point_label *label, size_t count,
		     const struct kg_cloud *cloud)
{
	const struct kg_text_style style = { &canvas->body, KG_COLOUR_TEXT, KG_CENTRE, 0 };
	struct kg_rectangle *placed = KG_ARRAY(canvas->arena, struct kg_rectangle, count + 1);
	size_t nplaced = 0;

	for (size_t i = 0; placed && i < count; i++) {
		size_t best = SIDES, least = SIZE_MAX; /* a label may cover no point but may touch one at its edge */
		struct kg_point_label cut = label[i];

		cut.text = kg_typeface_cut(&canvas->body, cut.text, canvas->width * WIDTH_SHARE, canvas->arena);
		for (size_t s = 0; cut.text && s < (cut.far ? SIDES : SIDES_NEAR); s++) {
			struct kg_rectangle area = cover(canvas, &cut, &side[s]);
			size_t crossed = count_covered(canvas, &area, cloud->line, cloud->nline);

			if (crossed < least && count_covered(canvas, &area, cloud->point, cloud->npoint) == 0 &&
			    is_free(canvas, &area, placed, nplaced)) {
				least = crossed;
				best = s;
			}
		}
		if (best == SIDES)
			continue;
		placed[nplaced] = cover(canvas, &cut, &side[best]);
		kg_canvas_text(canvas, (placed[nplaced].left + placed[nplaced].right) / 2,
			       (placed[nplaced].bottom + placed[nplaced].top) / 2, cut.text, &style);
		nplaced++;
	}
}
