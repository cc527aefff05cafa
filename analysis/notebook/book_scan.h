/* book_scan: goes through the lines of a notebook. */
#ifndef KG_NOTEBOOK_BOOK_SCAN_H
#define KG_NOTEBOOK_BOOK_SCAN_H

#include "notebook/book.h"

/* Fills blocks and values of a book whose text and front matter are set. KG_EDATA with the line. */
enum kg_status kg_book_scan(struct kg_book *book, struct kg_arena *arena, struct kg_error *error) KG_CHECKED;

#endif
