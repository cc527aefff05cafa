/* notebook: `keng notebook run|check|render|batch|new`. */
#ifndef KG_NOTEBOOK_NOTEBOOK_H
#define KG_NOTEBOOK_NOTEBOOK_H

#include "base/buffer.h"
#include "base/text.h"

/* Runs the words after `notebook`. KG_EDATA: a notebook is stale or wrong; the messages went to standard output. */
enum kg_status kg_notebook_main(const struct kg_names *word, struct kg_arena *arena, struct kg_error *error) KG_CHECKED;

void kg_notebook_help(struct kg_buffer *out);
void kg_whence_help(struct kg_buffer *out);

#endif
