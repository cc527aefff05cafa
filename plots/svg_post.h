/* svg_post: what gnuplot leaves out of an SVG: title, description, role, metadata, fonts that exist everywhere. */
#ifndef KG_PLOTS_SVG_POST_H
#define KG_PLOTS_SVG_POST_H

#include "base/buffer.h"

struct kg_svg_facts {
	const char *title, *description; /* NULL = empty */
	const char *metadata;
};

/* Appends the completed document. */
void kg_svg_complete(const char *svg, size_t length, const struct kg_svg_facts *facts, struct kg_buffer *out);

#endif
