"""Formulas: trees and what builds, replaces and writes them; reading, differentiating and comparing have folders."""
