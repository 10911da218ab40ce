"""MEASURE: layers to one value per settlement."""
