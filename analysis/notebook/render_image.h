/* render_image: figures inside a page. */
#ifndef KG_NOTEBOOK_RENDER_IMAGE_H
#define KG_NOTEBOOK_RENDER_IMAGE_H

#include "base/buffer.h"

/* Appends the image as HTML: an SVG as itself, its ids made unique by `number`; other kinds as a data address.
 * KG_EIO: cannot be read; KG_EDATA: a kind no page shows. */
enum kg_status kg_image_embed(const char *path, const char *alt, size_t number, struct kg_buffer *out,
			      struct kg_error *error) KG_CHECKED;

#endif
