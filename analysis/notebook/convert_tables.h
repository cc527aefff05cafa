/* convert_tables: what pandoc does to tables on the way to a word processor, which breaks words where columns are narrow:
 * columns as wide as their texts, and letters as small as the page asks. A filter in Lua, of pandoc 2.17 and later. */
#ifndef KG_NOTEBOOK_CONVERT_TABLES_H
#define KG_NOTEBOOK_CONVERT_TABLES_H

extern const char kg_convert_tables[];

#endif
