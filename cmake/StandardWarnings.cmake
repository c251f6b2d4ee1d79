# One INTERFACE target with the warnings of our own code (third-party headers are SYSTEM).

add_library(rarewood_warnings INTERFACE)
target_compile_options(rarewood_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual
  -Wundef -Wcast-align -Wimplicit-fallthrough
  -Wno-missing-field-initializers)  # a struct of options is set by its first or named members

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 sees overlapping copies in every "literal" + std::string: pages of noise, no finding.
  target_compile_options(rarewood_warnings INTERFACE -Wno-restrict)
endif()

if(RAREWOOD_WERROR)
  target_compile_options(rarewood_warnings INTERFACE -Werror)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # These depend on what the optimiser happens to inline and are often wrong: shown, not fatal.
    target_compile_options(rarewood_warnings INTERFACE
      -Wno-error=maybe-uninitialized -Wno-error=stringop-overflow -Wno-error=array-bounds)
  endif()
endif()
