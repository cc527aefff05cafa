/* category: texts of places, such as clusters of neighbours, as classes of a map. */
#ifndef KG_PLOTS_CATEGORY_H
#define KG_PLOTS_CATEGORY_H

#include "plots/classes.h"

/* When the picture's y is a column of texts: its table becomes a copy in which that column holds the numbers of
 * classes, and the classes get names and colours. Else nothing changes. KG_EDATA: more than KG_CLASSES different texts.
 */
enum kg_status kg_category_read(struct kg_picture *picture, const struct kg_canvas *canvas, struct kg_classes *classes,
				struct kg_error *error) KG_CHECKED;

/* "HH (12), LL (9)": what the sentence of a map says. NULL when memory is out. */
const char *kg_category_tell(const struct kg_classes *classes, struct kg_arena *arena);

#endif
