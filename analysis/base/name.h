/* name: names of places as people mean them. Two spellings are the same name when they differ only in how the letters
 * are composed (NFC, NFD), in case, in blanks, in invisible characters, or in where the tone of a Vietnamese syllable
 * stands (hòa, hoà). đ is a letter of its own and never d. */
#ifndef KG_BASE_NAME_H
#define KG_BASE_NAME_H

#include "base/arena.h"

/* The key of a name: equal for two spellings of one name, different for two names. The text itself where it is its own
 * key, as for codes. NULL when memory is out. */
const char *kg_name_key(const char *name, struct kg_arena *arena);

/* Letters and marks in which two keys differ (a tone, a mark and a letter count one each); SIZE_MAX when they differ in
 * more than a third of the first (codes in digits: in more than one digit of three or more), so that they are not near.
 * Codes that differ in leading zeros alone, which spreadsheets take away, are near. */
size_t kg_name_apart(const char *key, const char *other);

#endif
