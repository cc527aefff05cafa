/* scratch: a private folder in $TMPDIR (else /tmp) for files that other programs write. Its owner holds a lock on it
 * while it lives, so that what a killed run left is told from what is in use, and the next run sweeps it away. */
#ifndef KG_BASE_SCRATCH_H
#define KG_BASE_SCRATCH_H

#include "base/error.h"

struct kg_scratch {
	char folder[96]; /* empty = not made */
	int lock;
};

/* Makes the folder, unless it is made, after removing those that killed runs of this user left. A $TMPDIR that is no
 * absolute path of at most 80 bytes is passed over. KG_EIO: cannot be made. */
enum kg_status kg_scratch_make(struct kg_scratch *scratch, struct kg_error *error) KG_CHECKED;

/* Removes the folder with all that is in it; nothing when it was not made. */
void kg_scratch_remove(struct kg_scratch *scratch);

#endif
