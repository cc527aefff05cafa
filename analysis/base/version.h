/* version: of the program, as --version and the figures say it. */
#ifndef KG_BASE_VERSION_H
#define KG_BASE_VERSION_H

#define KG_VERSION "0.1.0"

#endif
