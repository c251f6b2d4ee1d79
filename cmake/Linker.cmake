# Start-up time is part of the product (--help under 30 ms), and most of it is loading libraries:
# link only those that are used.

include(CheckLinkerFlag)

if(NOT APPLE)
  add_link_options(-Wl,--as-needed -Wl,--enable-new-dtags)
endif()

find_program(RAREWOOD_MOLD mold)
if(RAREWOOD_MOLD)
  check_linker_flag(CXX -fuse-ld=mold RAREWOOD_LINKS_WITH_MOLD)
  if(RAREWOOD_LINKS_WITH_MOLD)
    add_link_options(-fuse-ld=mold)
  endif()
endif()
