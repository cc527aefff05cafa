#include "plots/key.h"

#define MARK_GAP 8
#define ENTRY_GAP 18
#define ENTRY_SHARE 0.45 /* of the width: longer names are cut */

void kg_key_write(struct kg_canvas *canvas, const struct kg_series_set *set, const struct kg_look *look)
{
	const struct kg_text_style style = { &canvas->body, KG_COLOUR_TEXT, KG_LEFT, 0 };
	double leading = kg_canvas_leading(&canvas->body), x = canvas->room.left;

	if (set->count < 2)
		return;
	canvas->room.top -= leading;
	for (size_t s = 0; s < set->count; s++) {
		const char *name =
		    kg_typeface_cut(&canvas->body, set->series[s].name, canvas->width * ENTRY_SHARE, canvas->arena);
		double width = name ? kg_typeface_width(&canvas->body, name) : 0;

		if (look[s].behind)
			continue;
		if (x + MARK_GAP + width > canvas->room.right && x > canvas->room.left) {
			x = canvas->room.left;
			canvas->room.top -= leading;
		}
		kg_canvas_mark(canvas, x + MARK_GAP / 2.0, canvas->room.top + leading / 2, look[s].point,
			       look[s].colour);
		kg_canvas_text(canvas, x + MARK_GAP + 4, canvas->room.top + leading / 2, name, &style);
		x += MARK_GAP + width + ENTRY_GAP;
	}
	canvas->room.top -= leading / 2;
}
