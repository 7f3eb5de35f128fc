"""Every noun of the library: frozen values, validated when made."""
