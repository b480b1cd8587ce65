#include "node/cli/program_main.h"
#include "node/office/commands.h"

int main(int argc, char** argv) { return fieldnode::cli::program_main(fieldnode::office::program(), argc, argv); }
