#include "node/central/commands.h"
#include "node/cli/program_main.h"

int main(int argc, char** argv) { return fieldnode::cli::program_main(fieldnode::central::program(), argc, argv); }
